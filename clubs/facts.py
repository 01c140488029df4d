"""What the spread counts of clubs: who is in one, who came to a meeting, who read and wrote."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from clubs.discussion.models import Note
from clubs.groups.models import Membership
from clubs.meetings.models import Coming, Rsvp
from clubs.reading.models import SectionRead
from movement.spread.facts import Fact, moments, register
from movement.spread.own_facts import in_time, pairs

Pairs = Iterable[tuple[int, int]]


def members(_first: date, last: date) -> Pairs:
    """Who is in a club now and had joined by then; clubs that had been put away by then are none."""
    _begin, end = moments(last, last)
    rows = Membership.objects.filter(joined_at__lt=end).exclude(club__archived_at__lt=end)
    return pairs(rows, "club_id", "ally_id")


def joined(first: date, last: date) -> Pairs:
    return pairs(in_time(Membership.objects.all(), "joined_at", first, last), "club_id", "ally_id")


def came(first: date, last: date) -> Pairs:
    """Who said that they would come to a meeting that took place. Whether they did, nobody writes down."""
    over = Rsvp.objects.filter(coming=Coming.YES, meeting__cancelled_at=None, meeting__ends_at__lte=timezone.now())
    return pairs(in_time(over, "meeting__starts_at", first, last), "meeting_id", "ally_id")


def read(first: date, last: date) -> Pairs:
    return pairs(in_time(SectionRead.objects.all(), "at", first, last), "pk", "membership__ally_id")


def wrote(first: date, last: date) -> Pairs:
    return pairs(in_time(Note.objects.all(), "created_at", first, last), "pk", "membership__ally_id")


def register_facts() -> None:
    register(Fact.CLUB, "clubs", members)
    register(Fact.MEETING, "meetings", came)
    register(Fact.TOGETHER, "meetings", came)
    for name, rows in (("club-joined", joined), ("meetings", came), ("notes", wrote), ("sections", read)):
        register(Fact.DOING, name, rows)
