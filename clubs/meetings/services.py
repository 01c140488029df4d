"""Arranging meetings, calling them off, and answering to them."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from clubs.groups.models import Club
from clubs.meetings.models import CalendarKey, Coming, Meeting, MeetingQuerySet, Rsvp
from clubs.reading.models import Section
from content.pagecache import forget
from movement.allies.models import Ally


class MeetingIsFull(Exception):
    """Every seat is taken."""


class MeetingIsOver(Exception):
    """It has been."""


class MeetingIsCancelled(Exception):
    """It was called off."""


@transaction.atomic
def arrange(
    *, club: Club, starts_at: datetime, zone: str, sections: Iterable[Section] = (), **about: object
) -> Meeting:
    """A new meeting of the club. `starts_at` is an instant; `zone` names the clock it was read from."""
    meeting = Meeting.objects.create(club=club, starts_at=starts_at, zone=zone, **about)  # type: ignore[misc]
    meeting.sections.set(sections)
    forget()
    return meeting


@transaction.atomic
def call_off(*, meeting: Meeting) -> None:
    """Calendars learn of it by the next number in the sequence. Raises MeetingIsOver."""
    if meeting.is_over:
        raise MeetingIsOver
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk, cancelled_at=None).update(
        cancelled_at=now, changed_at=now, sequence=F("sequence") + 1
    )
    forget()


@transaction.atomic
def answer(*, meeting: Meeting, ally: Ally, coming: str) -> Rsvp:
    """Say whether one comes; again at any time until it is over. A seat is taken by "yes" alone.

    Raises MeetingIsFull (what was answered before stays), MeetingIsOver, MeetingIsCancelled.
    """
    _refuse_what_is_gone(Meeting.objects.get(pk=meeting.pk))
    rsvp, _new = Rsvp.objects.get_or_create(meeting=meeting, ally=ally, defaults={"coming": Coming.NO})
    mine = Rsvp.objects.filter(pk=rsvp.pk)
    at = timezone.now()
    if coming == Coming.YES:
        if mine.exclude(coming=Coming.YES).update(coming=Coming.YES, answered_at=at):
            _take_seat(meeting)
    elif mine.filter(coming=Coming.YES).update(coming=coming, answered_at=at):
        _free_seats(Meeting.objects.filter(pk=meeting.pk))
    else:
        mine.update(coming=coming, answered_at=at)
    rsvp.refresh_from_db()
    return rsvp


def _refuse_what_is_gone(meeting: Meeting) -> None:
    if meeting.cancelled_at:
        raise MeetingIsCancelled
    if meeting.is_over:
        raise MeetingIsOver


def _take_seat(meeting: Meeting) -> None:
    """One conditional update: of two who want the last seat, one gets it."""
    room = Q(capacity=None) | Q(seats_taken__lt=F("capacity"))
    if not Meeting.objects.filter(room, pk=meeting.pk).update(seats_taken=F("seats_taken") + 1):
        raise MeetingIsFull


def _free_seats(meetings: MeetingQuerySet) -> None:
    meetings.filter(seats_taken__gt=0).update(seats_taken=F("seats_taken") - 1)


@transaction.atomic
def withdraw(*, ally: Ally, club: Club | None = None) -> None:
    """Take back every answer of theirs (in this club, or anywhere) and free the seats."""
    theirs = Rsvp.objects.filter(ally=ally)
    if club is not None:
        theirs = theirs.filter(meeting__club=club)
    rows = list(theirs.select_for_update(of=("self",)))
    taken = [row.meeting_id for row in rows if row.coming == Coming.YES]
    _free_seats(Meeting.objects.filter(pk__in=taken))
    Rsvp.objects.filter(pk__in=[row.pk for row in rows]).delete()


def replace_calendar_key(*, ally: Ally) -> None:
    """The old address of the feed leads nowhere from now on."""
    new = {"nonce": secrets.token_urlsafe(12), "replaced_at": timezone.now()}
    CalendarKey.objects.update_or_create(ally=ally, defaults=new)
