"""What waits for an editor, by the site's own rules; and what an address that is blocked can do: nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from config import env
from conversation import following, judging
from conversation.decisions import Held
from conversation.models import Comment
from tests import cast
from tests.conversation.conftest import link_in, mails, rendered, say, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def first_waits(settings) -> None:
    settings.HOLD_FIRST_COMMENTS = True


def confirmed(target, **changes) -> Comment:
    """A reader's comment after the button behind the mail's link."""
    send(target, **changes)
    Client().post(link_in(mails("comment-confirm")[-1], "confirm"))
    return Comment.objects.order_by("pk").last()


def test_the_first_comment_of_an_address_waits_and_is_read_by_nobody(target, house, django_capture_on_commit_callbacks):
    root = say(target, email="hester@example.org", followup=True)
    with django_capture_on_commit_callbacks(execute=True):
        comment = confirmed(target, reply_to=root.pk)
    assert (comment.is_public, comment.held_for) == (False, Held.FIRST)
    assert "the same disease" not in rendered(target, AnonymousUser())
    assert (mails("comment-reply"), house.changed) == ([], [])


def test_the_writer_is_told_that_it_waits(target):
    send(target)
    link = link_in(mails("comment-confirm")[0], "confirm")
    for answer in (Client().post(link), Client().get(link), Client().post(link)):
        assert (answer.status_code, "waits for an editor" in answer.content.decode()) == (200, True)


def test_once_one_stands_the_next_one_stands_at_once(target, editor):
    judging.approve(comments=[confirmed(target)], editor=editor)
    second = confirmed(target, text="A second thought.", email="BARNABY@example.org")
    assert (second.is_public, second.held_for) == (True, "")


def test_replies_hear_of_a_comment_that_is_approved_later(target, editor):
    root = say(target, email="hester@example.org", followup=True)
    judging.approve(comments=[confirmed(target, reply_to=root.pk)], editor=editor)
    assert [mail.to for mail in mails("comment-reply")] == [["hester@example.org"]]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("https://a.example https://b.example", ""),
        ("https://a.example HTTP://b.example [c](https://c.example)", Held.LINKS),
        ("www.a.example www.b.example www.c.example", Held.LINKS),
        ("[a](//a.example) [b](//b.example) [c](&#104;ttps://c.example)", Held.LINKS),
        ("<https://a.example> <mailto:b@b.example> [c](/signup)", Held.LINKS),
        ("Buy our CASINO chips", Held.WORD),
        ("Buy our ca\u200bsi\u00adno chips, \uff43\uff41\uff53\uff49\uff4e\uff4f!", Held.WORD),
        ("An occasional casinoesque word", ""),
        ("get  rich quick, get rich quick", Held.WORD),
    ],
)
def test_links_and_words_hold_a_signed_in_person_too(target, person, editor, text, held):
    judging.set_words(words=["casino", "Get rich quick"], editor=editor)
    answer = send(target, cast.client_of(person), text=text)
    comment = Comment.objects.get()
    assert (comment.held_for, comment.is_public, answer.status_code) == (held, not held, 200 if held else 303)


def test_a_blocked_address_neither_writes_nor_gets_mail(target, editor):
    judging.block(comments=[confirmed(target)], editor=editor, why="advertises")
    before = len(mails())
    answer = send(target, text="Once more.", email="Barnaby@example.org")
    assert ("not taken here" in answer.content.decode(), "Once more." in answer.content.decode()) == (True, True)
    assert (len(mails()), Comment.objects.standing().count()) == (before, 0)


def test_a_blocked_ally_cannot_write_either(target, person, editor):
    judging.block(comments=[say(target, user=person)], editor=editor)
    assert send(target, cast.client_of(person)).status_code == 200
    assert Comment.objects.count() == 1


def test_what_was_asked_before_the_block_is_not_confirmed_after_it(target, editor):
    send(target)
    judging.block(comments=[say(target, email="barnaby@example.org")], editor=editor)
    answer = Client().post(link_in(mails("comment-confirm")[0], "confirm"))
    assert ("not taken here" in answer.content.decode(), Comment.objects.standing().count()) == (True, 0)


def test_its_writer_hears_once_when_it_stands(target, editor):
    comment = confirmed(target)
    assert "You get one mail when it stands" in Client().get(link_in(mails("comment-confirm")[0], "confirm")).text
    judging.approve(comments=[comment], editor=editor)
    judging.take_down(comments=[comment], editor=editor)
    judging.approve(comments=[comment], editor=editor)
    told = mails("comment-stands")
    assert [mail.to for mail in told] == [["barnaby@example.org"]]
    assert f"/invoice/?comments=at-{comment.pk}" in told[0].message
    assert "the same disease" not in told[0].message


def test_nobody_hears_that_something_stands_which_is_gone_again(target, editor):
    comment = confirmed(target)
    judging.approve(comments=[comment], editor=editor)
    assert following.still_stands(None, f"comment-stands:{comment.pk}") is True
    judging.take_down(comments=[comment], editor=editor)
    assert following.still_stands(None, f"comment-stands:{comment.pk}") is False
    assert following.still_stands(None, "comment-stands:made-up") is False


def test_what_was_brought_from_elsewhere_is_approved_in_silence(target, editor):
    comment = confirmed(target)
    Comment.objects.update(held_for=Held.BROUGHT)
    judging.approve(comments=[Comment.objects.get(pk=comment.pk)], editor=editor)
    assert mails("comment-stands") == []


def test_a_real_site_holds_first_comments_unless_it_is_told_not_to():
    assert env.HOLD_FIRST_COMMENTS is True
