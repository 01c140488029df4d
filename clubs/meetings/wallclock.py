"""From the clock on a wall to the instant it means, on the nights of the clock change too."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


class NoSuchHour(Exception):
    """The clocks were put forward over this hour."""


class HourTwice(Exception):
    """The clocks are put back: this hour comes two times."""


def instant(wall: datetime, zone: str) -> datetime:
    """The instant at which the clocks of `zone` show `wall` (naive). Raises NoSuchHour, HourTwice."""
    there = ZoneInfo(zone)
    first, second = (wall.replace(tzinfo=there, fold=fold) for fold in (0, 1))
    if _round_trip(first) != wall:
        raise NoSuchHour
    if first.utcoffset() != second.utcoffset():
        raise HourTwice
    return first


def _round_trip(moment: datetime) -> datetime:
    return moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None, fold=0)
