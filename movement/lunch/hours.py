"""The day and the hour that a table is offered: lunch time for all of them, by the clocks of each."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTES = 45
#: A quarter past twelve is lunch; further off is less and less so, and outside of the working day not at all.
IDEAL, EARLIEST, LATEST = 12 * 60 + 15, 8 * 60, 18 * 60
OUTSIDE = 1_000
STEP = timedelta(minutes=15)


def offer(monday: date, days: Collection[int], zones: Collection[str], *, turn: int) -> datetime:
    """An instant in that week, on one of these weekdays (1 is Monday) of everybody's; `turn` goes round the days that
    are as good as each other."""
    found = [(_best(monday + timedelta(days=day - 1), frozenset(zones)), day) for day in sorted(days)]
    least = min(cost for (cost, _moment), _day in found)
    good = [moment for (cost, moment), _day in found if cost == least]
    return good[turn % len(good)]


@lru_cache(maxsize=10_000)
def _best(day: date, zones: frozenset[str]) -> tuple[int, datetime]:
    """What it costs, and the instant. Whoever's day it is at noon in their zone is asked; all of them must agree."""
    first = datetime.combine(day, time(0), tzinfo=UTC) - timedelta(hours=2)
    moments = (first + STEP * number for number in range(28 * 4))
    return min((sum(_cost(moment, day, zone) for zone in zones), moment) for moment in moments)


def _cost(moment: datetime, day: date, zone: str) -> int:
    there = moment.astimezone(ZoneInfo(zone))
    minutes = there.hour * 60 + there.minute
    is_outside = there.date() != day or not EARLIEST <= minutes <= LATEST
    return abs(minutes - IDEAL) + OUTSIDE * is_outside


def lunch_weekdays(days: str) -> frozenset[int]:
    return frozenset(int(digit) for digit in days)
