"""Arranging meetings, changing them, calling them off; one, or one and all the later ones of its series."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from clubs.groups.models import Club
from clubs.meetings.answering import MeetingIsCancelled, MeetingIsOver, pass_on
from clubs.meetings.models import TERMS, CalendarKey, Meeting, ReminderWish, Telling
from clubs.meetings.own import When
from clubs.meetings.series import end_before, move_on
from clubs.reading.models import Section
from content.pagecache import forget
from movement.allies.models import Ally
from movement.editing import take_edition

#: Whoever comes has to know of these.
OF_WEIGHT = ("zone", "minutes", "place", "call_link")


@transaction.atomic
def arrange(
    *, club: Club, starts_at: datetime, zone: str, sections: Iterable[Section] = (), **about: object
) -> Meeting:
    """A new meeting of the club. `starts_at` is an instant; `zone` names the clock it was read from."""
    new = {"to_tell": Telling.SET} | about
    meeting = Meeting.objects.create(club=club, starts_at=starts_at, zone=zone, **new)  # type: ignore[misc]
    meeting.sections.set(sections)
    forget()
    return meeting


@transaction.atomic
def change(
    *,
    meeting: Meeting,
    edition: int,
    starts_at: datetime,
    sections: Iterable[Section] | None = None,
    and_later: bool = False,
    **about: Any,
) -> Meeting:
    """Move or reword a meeting; who answered stays answered. With `and_later`, what is changed here is changed in all
    later ones of its series, which then goes on by the new day and hour.

    Raises ChangedMeanwhile, MeetingIsOver, MeetingIsCancelled.
    """
    take_edition(meeting, edition)
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("club").get(pk=meeting.pk)
    if meeting.cancelled_at:
        raise MeetingIsCancelled
    if meeting.is_over:
        raise MeetingIsOver
    changed = {name: about[name] for name in TERMS if name in about and about[name] != getattr(meeting, name)}
    is_moved = starts_at != meeting.starts_at
    _note(meeting, is_moved=is_moved, changed=changed, and_later=and_later)
    if sections is not None:
        meeting.sections.set(sections)
    if and_later and meeting.series_id:
        move_on(meeting, starts_at=starts_at, changed=changed)
    else:
        _put(meeting, starts_at=starts_at, changed=changed)
    forget()
    return meeting


def _note(meeting: Meeting, *, is_moved: bool, changed: Mapping[str, object], and_later: bool) -> None:
    """What the members will be told of it; those not yet told of the meeting itself hear of that."""
    if meeting.to_tell != Telling.SET and (is_moved or set(changed) & set(OF_WEIGHT)):
        meeting.to_tell = Telling.ALL_MOVED if and_later else Telling.MOVED


def _put(meeting: Meeting, *, starts_at: datetime, changed: Mapping[str, object]) -> None:
    """Calendars learn of it by the next number in the sequence."""
    for name, value in changed.items():
        setattr(meeting, name, value)
    meeting.starts_at, meeting.changed_at = starts_at, timezone.now()
    meeting.sequence += 1
    own = [*changed, "starts_at", "ends_at", "changed_at", "sequence", "to_tell"]
    meeting.save(update_fields=own)
    if "capacity" in changed:
        pass_on(meeting)


@transaction.atomic
def call_off(*, meeting: Meeting, why: str = "", and_later: bool = False) -> None:
    """Calendars learn of it by the next number in the sequence. A second time changes nothing. Raises MeetingIsOver."""
    if meeting.is_over:
        raise MeetingIsOver
    now, these = timezone.now(), Meeting.objects.filter(pk=meeting.pk)
    if and_later and meeting.series_id:
        these = Meeting.objects.from_on(meeting)
        end_before(meeting)
    off = {"cancelled_at": now, "cancelled_why": why, "changed_at": now, "sequence": F("sequence") + 1}
    unsaid = these.filter(pk=meeting.pk, cancelled_at=None, to_tell=Telling.SET).exists()
    ours = these.filter(pk=meeting.pk, cancelled_at=None).update(**off)
    these.filter(cancelled_at=None, ends_at__gt=now).update(to_tell=Telling.NOTHING, **off)
    if ours:
        told = Telling.NOTHING if unsaid else Telling.ALL_OFF if and_later else Telling.OFF
        Meeting.objects.filter(pk=meeting.pk).update(to_tell=told)
    forget()


def replace_calendar_key(*, ally: Ally) -> None:
    """The old address of the feed leads nowhere from now on."""
    new = {"nonce": secrets.token_urlsafe(12), "replaced_at": timezone.now()}
    CalendarKey.objects.update_or_create(ally=ally, defaults=new)


@transaction.atomic
def choose_calendar(*, ally: Ally, is_discreet: bool, times: Iterable[str]) -> None:
    """How the calendar speaks, and when to be reminded; no time at all is never."""
    CalendarKey.objects.update_or_create(ally=ally, defaults={"is_discreet": is_discreet})
    wanted = [When(one).value for one in times]
    ReminderWish.objects.update_or_create(ally=ally, defaults={"times": wanted})
