"""Who comes, and who gets a seat that came free. What cannot be is an exception; a yes without a seat waits for one."""

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from clubs.groups.models import Club
from clubs.meetings import telling
from clubs.meetings.models import Coming, Meeting, Rsvp
from movement.allies.models import Ally


class MeetingIsOver(Exception):
    """It has been."""


class MeetingIsCancelled(Exception):
    """It was called off."""


@transaction.atomic
def answer(*, meeting: Meeting, ally: Ally, coming: str, note: str | None = None) -> Rsvp:
    """Say whether one comes; again at any time until it is over. A seat is taken by "yes" alone, and where none is free
    the answer is `Coming.WAITING`. `note` is a word to the host; None keeps the one there is.

    Raises MeetingIsOver, MeetingIsCancelled.
    """
    _refuse_what_is_gone(Meeting.objects.get(pk=meeting.pk))
    rsvp, _new = Rsvp.objects.get_or_create(meeting=meeting, ally=ally, defaults={"coming": Coming.NO})
    mine, at = Rsvp.objects.filter(pk=rsvp.pk), timezone.now()
    if note is not None:
        mine.update(note=note)
    # In this order: whoever is given a seat in this very moment is found with it, and it is passed on.
    without_seat, with_seat = mine.exclude(coming=Coming.YES), mine.filter(coming=Coming.YES)
    if coming == Coming.YES:
        _want_seat(mine, meeting)
    elif not without_seat.update(coming=coming, answered_at=at) and with_seat.update(coming=coming, answered_at=at):
        pass_on(meeting, freed=True)
    rsvp.refresh_from_db()
    return rsvp


def _refuse_what_is_gone(meeting: Meeting) -> None:
    if meeting.cancelled_at:
        raise MeetingIsCancelled
    if meeting.is_over:
        raise MeetingIsOver


def _want_seat(mine: QuerySet[Rsvp], meeting: Meeting) -> None:
    """The answer becomes a yes first, so that one who presses twice at once takes one seat."""
    at = timezone.now()
    if not mine.exclude(coming__in=[Coming.YES, Coming.WAITING]).update(coming=Coming.YES, answered_at=at):
        return
    if _take_seat(meeting):
        return
    # Whoever leaves in this very moment has the row locked, or waits for us: they see us waiting, or we their seat.
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not _take_seat(meeting):
        mine.update(coming=Coming.WAITING)


def _take_seat(meeting: Meeting) -> bool:
    """One conditional update: of two who want the last seat, one gets it."""
    return bool(Meeting.objects.with_room().filter(pk=meeting.pk).update(seats_taken=F("seats_taken") + 1))


def pass_on(meeting: Meeting, *, freed: bool = False) -> None:
    """Give free seats to those who wait, first come first seated; each is written to once. In the caller's transaction.

    `freed`: somebody has just got up. Of a meeting that has been, or was called off, no seat is given.
    """
    rows = Meeting.objects.filter(pk=meeting.pk)
    # Before the list is read: nobody else moves it up meanwhile, and of two who wait for each other there is none.
    rows.select_for_update().first()
    if freed:
        rows.filter(seats_taken__gt=0).update(seats_taken=F("seats_taken") - 1)
    if not meeting.is_to_come:
        return
    waiting = Rsvp.objects.filter(meeting=meeting, coming=Coming.WAITING, ally__user__is_active=True)
    for rsvp in waiting.order_by("answered_at", "pk").select_related("ally__user", "meeting__club"):
        if not _take_seat(meeting):
            return
        if Rsvp.objects.filter(pk=rsvp.pk, coming=Coming.WAITING).update(coming=Coming.YES):
            telling.of_seat(rsvp)
        else:
            rows.update(seats_taken=F("seats_taken") - 1)


@transaction.atomic
def withdraw(*, ally: Ally, club: Club | None = None) -> None:
    """Take back every answer of theirs (in this club, or anywhere), free the seats and pass them on."""
    theirs = Rsvp.objects.filter(ally=ally)
    if club is not None:
        theirs = theirs.filter(meeting__club=club)
    rows = list(theirs.select_for_update(of=("self",)).select_related("meeting"))
    Rsvp.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        if row.coming == Coming.YES:
            pass_on(row.meeting, freed=True)
