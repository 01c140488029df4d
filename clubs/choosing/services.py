"""Proposing books, opening a poll, voting, and closing it."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from clubs.choosing import telling
from clubs.choosing.counting import profile_of
from clubs.choosing.models import Ballot, Closing, Nomination, Option, Poll, TieRule
from clubs.groups.models import Club, Membership
from clubs.permissions import can_write_notes
from clubs.reading.models import Book
from clubs.reading.services import one_record
from movement.editing import take_edition

FEWEST_OPTIONS = 2


class AlreadyProposed(Exception):
    """This book waits in this club already."""


class NotUnderAName(Exception):
    """Whoever is unseen proposes nothing: a nomination without a name would give away that they are there."""


class TooFewBooks(Exception):
    """A poll needs something to choose between."""


class PollIsRunning(Exception):
    """One at a time."""


class PollIsClosed(Exception):
    """It takes no ballots, and cannot be changed."""


class NotAmongThem(Exception):
    """The book is not one of those that a tie has left."""


@transaction.atomic
def nominate(
    *, membership: Membership, reason: str, may_travel: bool = False, title: str, author: str, **about: Any
) -> Nomination:
    """Raises NotUnderAName, AlreadyProposed."""
    if not can_write_notes(membership):
        raise NotUnderAName
    book = one_record(title=title, author=author, about=about)
    try:
        with transaction.atomic():
            return Nomination.objects.create(
                club=membership.club, book=book, membership=membership, reason=reason, may_travel=may_travel
            )
    except IntegrityError as error:
        raise AlreadyProposed from error


def withdraw(*, nomination: Nomination) -> None:
    """A poll that runs keeps the book: nobody's ballot is changed under their hands."""
    nomination.delete()


@transaction.atomic
def open_poll(*, club: Club, books: Sequence[Book], closes_at: datetime, **rules: Any) -> Poll:
    """Among these books, with the reasons they were proposed with. Raises TooFewBooks, PollIsRunning."""
    if len({book.pk for book in books}) < FEWEST_OPTIONS:
        raise TooFewBooks
    reasons = dict(club.nominations.filter(book__in=books).values_list("book", "reason"))
    order = [book.pk for book in books]
    if rules.get("tie_rule") == TieRule.LOT:
        secrets.SystemRandom().shuffle(order)
    try:
        with transaction.atomic():
            poll = Poll.objects.create(club=club, closes_at=closes_at, lot=order, **rules)
    except IntegrityError as error:
        raise PollIsRunning from error
    Option.objects.bulk_create(
        Option(poll=poll, book=book, position=place, reason=reasons.get(book.pk, ""))
        for place, book in enumerate(books, start=1)
    )
    telling.of_opening(poll)
    return poll


@transaction.atomic
def vote(*, poll: Poll, membership: Membership, marks: Sequence[int]) -> None:
    """The member's one ballot; a later one takes its place. Raises PollIsClosed."""
    if not Poll.objects.select_for_update().get(pk=poll.pk).is_open:
        raise PollIsClosed
    Ballot.objects.update_or_create(poll=poll, membership=membership, defaults={"marks": list(marks)})


@transaction.atomic
def change_closing(*, poll: Poll, edition: int, closes_at: datetime) -> None:
    """Raises ChangedMeanwhile, PollIsClosed."""
    locked = Poll.objects.select_for_update().get(pk=poll.pk)
    if not locked.is_open:
        raise PollIsClosed
    take_edition(locked, edition)
    Poll.objects.filter(pk=poll.pk).update(closes_at=closes_at)


@transaction.atomic
def close(*, poll: Poll, why: Closing, words: str = "") -> Poll:
    """Count once, keep the outcome with its reason, and cut a secret poll's ballots off from their voters.

    Closing what is closed changes nothing.
    """
    locked = Poll.objects.select_for_update(of=("self",)).select_related("club").get(pk=poll.pk)
    if locked.closed_at:
        return locked
    shut(locked, why=why, at=timezone.now(), words=words)
    telling.of_closing(locked)
    return locked


def shut(poll: Poll, *, why: Closing, at: datetime, words: str = "") -> None:
    """What the close does, without telling anybody; the poll is locked by whoever calls, or new."""
    poll.closed_at, poll.why_closed, poll.closing_words = at, why, words
    if why != Closing.CALLED_OFF:
        poll.profile = profile_of(poll.ballots.values_list("marks", flat=True))
        _decide(poll)
    if poll.is_secret or why == Closing.CALLED_OFF:
        poll.ballots.update(marks=[])
    poll.save()


def _decide(poll: Poll) -> None:
    leaders = poll.count.leaders
    if not leaders or not poll.has_quorum:
        return
    if len(leaders) == 1 or poll.tie_rule != TieRule.ORGANISERS:
        poll.winner_id = min(leaders, key=poll.lot.index)
        poll.settled_by_tie_rule = len(leaders) > 1


@transaction.atomic
def settle(*, poll: Poll, book_id: int) -> None:
    """The organisers choose among those that a tie has left. Raises NotAmongThem, also where another was quicker."""
    locked = Poll.objects.select_for_update(of=("self",)).select_related("club").get(pk=poll.pk)
    if not locked.is_undecided or book_id not in locked.count.leaders:
        raise NotAmongThem
    locked.winner_id, locked.settled_by_tie_rule = book_id, True
    locked.save(update_fields=["winner", "settled_by_tie_rule"])
    telling.of_settling(locked)


def close_those_due(now: datetime | None = None) -> int:
    """For the clock. Returns how many."""
    due = Poll.objects.running().filter(closes_at__lte=now or timezone.now())
    return len([close(poll=poll, why=Closing.TIME) for poll in due])
