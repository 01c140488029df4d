"""An address that was confirmed in this browser needs no second mail for a month; nobody else gains by it."""

import time

import pytest
from django.core import signing
from django.test import Client

from accounts import tokens
from conversation import remembering, services
from conversation.models import Comment, PendingComment
from tests.conversation.conftest import filled, link_in, mails, say, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(target) -> Client:
    """Its reader has confirmed barnaby@example.org in it."""
    reader = Client()
    send(target, reader)
    reader.post(link_in(mails("comment-confirm")[0], "confirm"))
    return reader


def test_the_second_comment_of_a_confirmed_address_stands_without_a_mail(target, known):
    answer = send(target, known, text="A second thought.", email="Barnaby@example.org")
    comment = Comment.objects.get(comment="A second thought.")
    assert (answer.status_code, answer["Location"]) == (
        303,
        f"/invoice/?comments=at-{comment.pk}#comment-{comment.pk}",
    )
    assert (comment.is_public, comment.user_email, comment.user) == (True, "barnaby@example.org", None)
    assert len(mails("comment-confirm")) == 1


def test_pressing_twice_posts_once_here_too(target, known):
    form = filled(target, text="A second thought.")
    for _time in range(2):
        known.post("/comments/post/", form)
    assert Comment.objects.filter(comment="A second thought.").count() == 1


def test_another_address_in_that_browser_is_confirmed_first(target, known):
    send(target, known, text="As another.", email="hester@example.org")
    assert (Comment.objects.count(), PendingComment.objects.filter(comment=None).count()) == (1, 1)


def test_limits_hold_for_who_is_remembered(target, known, monkeypatch):
    monkeypatch.setattr(services, "PER_WRITER", 1)
    assert send(target, known, text="Too much.").status_code == 200
    assert Comment.objects.count() == 1


def test_the_cookie_is_the_forms_own_and_out_of_reach_of_scripts(known):
    cookie = known.cookies[remembering.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
        "/comments/",
        True,
        "Lax",
        30 * 86400,
    )


@pytest.mark.parametrize("kind", ["altered", "other purpose", "too old", "other shape"])
def test_a_cookie_that_is_not_ours_counts_for_nothing(target, monkeypatch, kind):
    real, purpose, subject = signing.TimestampSigner.timestamp, remembering.PURPOSE, ["barnaby@example.org", "B"]
    if kind == "too old":
        old = signing.b62_encode(int(time.time()) - 31 * 86400)
        monkeypatch.setattr(signing.TimestampSigner, "timestamp", lambda self: old)
    if kind == "other shape":
        subject = 7
    token = tokens.make(purpose="comment-form" if kind == "other purpose" else purpose, subject=subject)
    monkeypatch.setattr(signing.TimestampSigner, "timestamp", real)
    reader = Client()
    reader.cookies[remembering.COOKIE] = token[:-1] if kind == "altered" else token
    send(target, reader)
    assert (Comment.objects.count(), len(mails("comment-confirm"))) == (0, 1)


def test_the_form_is_filled_in_for_them_and_the_button_forgets(target, known):
    address = f"/comments/new/{target.kind}/{target.thing.pk}/"
    before = known.get(address).content.decode()
    known.post("/comments/forget/")
    after = known.get(address).content.decode()
    assert ["barnaby@example.org" in page for page in (before, after)] == [True, False]
    send(target, known, text="Again.")
    assert len(mails("comment-confirm")) == 2


def test_looking_at_the_mails_link_remembers_nothing(target):
    say(target)
    reader = Client()
    send(target, reader)
    reader.get(link_in(mails("comment-confirm")[0], "confirm"))
    assert remembering.COOKIE not in reader.cookies


def test_what_stands_already_is_not_posted_again_by_the_link_of_its_mail(target):
    """Confirming one comment makes the browser known; in it the button of another that waits is pressed once more."""
    reader, second = Client(), filled(target, text="A second thought.")
    send(target, reader)
    reader.post("/comments/post/", second)
    first_link, second_link = (link_in(mail, "confirm") for mail in mails("comment-confirm"))
    reader.post(first_link)
    assert reader.post("/comments/post/", second).status_code == 303
    stands = Comment.objects.get(comment="A second thought.")
    answer = Client().post(second_link)
    assert (answer.status_code, answer["Location"]) == (302, f"/invoice/?comments=at-{stands.pk}#comment-{stands.pk}")
    assert Comment.objects.count() == 2
