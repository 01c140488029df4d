"""Replies at once, or in one letter a week: each hears in one way only."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from conversation import digest, following, judging
from conversation.mails import REPLY
from conversation.models import Comment
from postbox.digests.models import DigestChoice
from postbox.digests.sections import Due
from postbox.models import How
from postbox.services import prefer
from tests.conversation.conftest import link_in, mails, say, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def since():
    return timezone.now() - timedelta(minutes=1)


def due(since, *, user=None, email="barnaby@example.org", number=1) -> Due:
    until = timezone.now() + timedelta(minutes=1)
    return Due(number=number, email=user.email if user else email, user=user, since=since, until=until)


def lines(*dues) -> dict[int, list[tuple[str, str]]]:
    return {number: [(item.title, item.text) for item in items] for number, items in digest.gather(dues).items()}


def posted(target, **ticked) -> Comment:
    send(target, **ticked)
    Client().post(link_in(mails("comment-confirm")[-1], "confirm"))
    return Comment.objects.order_by("-pk")[0]


def test_a_reader_chooses_beside_the_comment(target, since):
    at_once = posted(target, followup="on")
    weekly = posted(target, followup="on", in_digest="on", text="Another.", email="hester@example.org")
    for root in (at_once, weekly):
        say(target, parent=root, email="dora@example.org")
    assert [mail.to for mail in mails("comment-reply")] == [["barnaby@example.org"]]
    assert list(DigestChoice.objects.values_list("reader__email", "section")) == [("hester@example.org", "replies")]
    told = lines(due(since), due(since, email="hester@example.org", number=2))
    assert told == {2: [("The invoice nobody asked about", "1 answer in a thread of yours")]}


def test_ticking_the_letter_alone_is_a_wish_to_hear(target):
    mine = posted(target, in_digest="on")
    assert (mine.followup, mine.in_digest) == (True, True)
    assert list(DigestChoice.objects.values_list("reader__email", "section")) == [("barnaby@example.org", "replies")]


def test_who_ticks_nothing_hears_nothing(target):
    mine = posted(target)
    assert (mine.followup, mine.in_digest, DigestChoice.objects.count()) == (False, False, 0)


def test_somebody_signed_in_chooses_among_their_notifications(target, person, since):
    mine = say(target, user=person, followup=True)
    prefer(user=person, choices={REPLY: How.DIGEST})
    for _answer in range(2):
        say(target, parent=mine, email="dora@example.org")
    assert mails("comment-reply") == []
    assert lines(due(since, user=person)) == {1: [("The invoice nobody asked about", "2 answers in a thread of yours")]}
    prefer(user=person, choices={REPLY: How.NOW})
    assert lines(due(since, user=person)) == {}
    say(target, parent=mine, email="dora@example.org")
    assert len(mails("comment-reply")) == 1


def test_neither_ones_own_nor_what_is_old_gone_or_unseen_is_told(target, person, since, house):
    prefer(user=person, choices={REPLY: How.DIGEST})
    mine = say(target, user=person, followup=True)
    say(target, parent=mine, user=person)
    old = say(target, parent=mine)
    Comment.objects.filter(pk=old.pk).update(stood_at=since - timedelta(days=1))
    held = say(target, parent=mine)
    Comment.objects.filter(pk=held.pk).update(is_public=False)
    assert lines(due(since, user=person)) == {}
    say(target, parent=mine)
    assert len(lines(due(since, user=person))) == 1
    house.visible = False
    assert lines(due(since, user=person)) == {}


def test_an_answer_approved_later_is_told_by_the_day_it_stands(target, person, since, editor):
    prefer(user=person, choices={REPLY: How.DIGEST})
    answer = say(target, parent=say(target, user=person, followup=True))
    Comment.objects.filter(pk=answer.pk).update(is_public=False, stood_at=since - timedelta(days=3))
    judging.approve(comments=[Comment.objects.get(pk=answer.pk)], editor=editor)
    assert len(lines(due(since, user=person))[1]) == 1


def test_muting_and_ending_the_letter_both_end_it(target, since):
    mine = say(target, followup=True, email="barnaby@example.org")
    Comment.objects.filter(pk=mine.pk).update(in_digest=True)
    say(target, parent=mine)
    assert len(lines(due(since))) == 1
    following.mute(mine)
    assert lines(due(since)) == {}
    Comment.objects.filter(pk=mine.pk).update(followup=True)
    digest.stop("barnaby@example.org", None)
    assert lines(due(since)) == {}


def test_many_readers_cost_what_one_costs(target, since, django_assert_num_queries):
    dues = []
    for number in range(30):
        one = say(target, followup=True, email=f"reader{number}@example.org")
        Comment.objects.filter(pk=one.pk).update(in_digest=True)
        say(target, parent=one)
        dues.append(due(since, email=f"reader{number}@example.org", number=number + 1))
    with django_assert_num_queries(3):
        assert len(digest.gather(dues[:1])) == 1
    with django_assert_num_queries(3):
        assert len(digest.gather(dues)) == 30
