"""When a digest is due: eight in the morning by its reader's own clock, on Mondays or on the first of the month."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from postbox.digests.models import Rhythm

EIGHT = time(8)


def after(moment: datetime, *, rhythm: str, zone: ZoneInfo) -> datetime:
    """The first such morning later than `moment`, as an instant in UTC."""
    day = moment.astimezone(zone).date() - timedelta(days=1)
    while True:
        day = _next_day(day, rhythm)
        if (instant := eight(day, zone)) > moment:
            return instant


def latest(moment: datetime, *, rhythm: str, zone: ZoneInfo) -> date:
    """The day, by the reader's calendar, of the last such morning that has come by `moment`."""
    day = _day_before(moment.astimezone(zone).date(), rhythm)
    return day if eight(day, zone) <= moment else _day_before(day - timedelta(days=1), rhythm)


def eight(day: date, zone: ZoneInfo) -> datetime:
    """Where a zone has left a day out, eight of the day after; nowhere is a clock put forward at eight."""
    return datetime.combine(day, EIGHT, zone).astimezone(UTC)


def _next_day(day: date, rhythm: str) -> date:
    """The first day of the rhythm after this one."""
    if rhythm == Rhythm.WEEKLY:
        return day + timedelta(days=7 - day.weekday())
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _day_before(day: date, rhythm: str) -> date:
    """The last day of the rhythm that is not after this one."""
    return day - timedelta(days=day.weekday()) if rhythm == Rhythm.WEEKLY else day.replace(day=1)
