"""A series is made ahead, meeting by meeting, and each is one of its own: it can be moved and called off alone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice, zip_longest
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from clubs.groups.models import Club
from clubs.meetings.answering import pass_on
from clubs.meetings.models import TERMS, Meeting, Series, Telling
from clubs.meetings.rhythm import at
from content.pagecache import forget

#: So far ahead the meetings of a series are there to be answered.
AHEAD = timedelta(days=100)
#: More than can be made in one go: a year's weeks, twice.
MOST = 110


@transaction.atomic
def arrange_series(*, club: Club, starts_at: datetime, zone: str, **about: Any) -> Series:
    """A series that begins on the day of `starts_at` (an instant, read from the clocks of `zone`), and the meetings
    of its first weeks. `about`: every, skips, until, the terms of a meeting, and `sections` for the first.
    """
    sections = about.pop("sections", ())
    wall = starts_at.astimezone(ZoneInfo(zone))
    series = Series.objects.create(club=club, first=wall.date(), time=wall.time(), zone=zone, **about)
    make_ahead(series)
    first = series.meetings.order_by("planned_at").first()
    if first is not None:
        Meeting.objects.filter(pk=first.pk).update(to_tell=Telling.SET)
        first.sections.set(sections)
    forget()
    return series


def make_ahead(series: Series, now: datetime | None = None) -> int:
    """The meetings of the next weeks that are not there yet, the next one in any case; returns how many are new.

    Two who do this at once make each once: a day of a series has one meeting.
    """
    moment = now or timezone.now()
    last = series.meetings.order_by("-planned_at").values_list("planned_at", flat=True).first()
    new: list[Meeting] = []
    for planned in instants(series):
        if planned <= moment or (last and planned <= last):
            continue
        if planned > moment + AHEAD and (new or (last and last > moment)):
            break
        new.append(_meeting(series, planned))
        if len(new) >= MOST:
            break
    Meeting.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _meeting(series: Series, planned: datetime) -> Meeting:
    terms = {name: getattr(series, name) for name in TERMS}
    ends_at = planned + timedelta(minutes=series.minutes)
    return Meeting(
        club_id=series.club_id, series=series, planned_at=planned, starts_at=planned, ends_at=ends_at, **terms
    )


def instants(series: Series, since: date | None = None) -> Iterator[datetime]:
    days = series.rhythm.days()
    return (at(day, series.time, series.zone) for day in days if since is None or day >= since)


def make_all_ahead() -> int:
    """For the clock."""
    running = Series.objects.filter(club__archived_at=None).exclude(until__lt=timezone.now().date() - timedelta(days=1))
    made = sum(make_ahead(series) for series in running.iterator())
    if made:
        forget()
    return made


def _locked(meeting: Meeting) -> Series:
    assert meeting.series_id is not None
    return Series.objects.select_for_update().get(pk=meeting.series_id)


def end_before(meeting: Meeting) -> None:
    """The series of this meeting goes on no longer; in the caller's transaction."""
    series = _locked(meeting)
    series.until = _day_before(meeting, series)
    series.save(update_fields=["until"])


def _day_before(meeting: Meeting, series: Series) -> date:
    assert meeting.planned_at is not None
    return meeting.planned_at.astimezone(ZoneInfo(series.zone)).date() - timedelta(days=1)


def move_on(meeting: Meeting, *, starts_at: datetime, changed: Mapping[str, object]) -> None:
    """What is changed in this meeting is changed in the later ones as well; in the caller's transaction.

    Another hour or day ends the series here, and a new one takes its meetings over, the first to its first day and so
    on, with all who answered; what was moved by itself stays where it is.
    """
    old = _locked(meeting)
    later = list(Meeting.objects.from_on(meeting).select_for_update(of=("self",)))
    zone = str(changed.get("zone", meeting.zone))
    wall = starts_at.astimezone(ZoneInfo(zone))
    same = starts_at == meeting.starts_at and zone == old.zone
    series = old if same else _next_series(meeting, old, wall)
    for name, value in changed.items():
        setattr(series, name, value)
    series.save()
    meeting.starts_at = starts_at
    if not same:
        _onto(later, series)
    _take_along(later, changed, first=meeting)


def _next_series(meeting: Meeting, old: Series, wall: datetime) -> Series:
    """It ends as much later or earlier as it begins."""
    about = {name: getattr(old, name) for name in (*TERMS, "every", "skips", "club_id")}
    later = wall.date() - _day_before(meeting, old) - timedelta(days=1)
    until = old.until + later if old.until else None
    end_before(meeting)
    return Series.objects.create(**about, first=wall.date(), time=wall.time(), until=until)


def _onto(later: Sequence[Meeting], series: Series) -> None:
    """Each of them onto a day of the series; those for which it has none stand alone from now on."""
    for meeting, day in zip_longest(later, islice(instants(series), len(later))):
        if meeting.starts_at == meeting.planned_at and day:
            meeting.starts_at = day
        meeting.planned_at, meeting.series = day, series if day else None


def _take_along(later: Sequence[Meeting], changed: Mapping[str, object], *, first: Meeting) -> None:
    now = timezone.now()
    for meeting in later:
        for name, value in changed.items():
            setattr(meeting, name, value)
        if meeting.pk == first.pk:
            meeting.starts_at, meeting.to_tell = first.starts_at, first.to_tell
        meeting.changed_at = now
        meeting.sequence += 1
        meeting.save()
        if "capacity" in changed:
            pass_on(meeting)
