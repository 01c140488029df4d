"""A zone's own rules as a VTIMEZONE: "the last Sunday in March", as calendar programs know them best.

Lists of days, as icalendar writes them, are read wrongly by some programs; they are left to zones without such a rule.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from clubs.meetings.rhythm import DAYS, LAST

DAY = timedelta(days=1)


@lru_cache(maxsize=256)
def rules_of(zone: str, since: int, until: int) -> Timezone:
    """What the clocks do from the beginning of the year `since` to the end of `until`."""
    tz = ZoneInfo(zone)
    whole = Timezone()
    whole.add("tzid", zone)
    by_year = [_changes(zone, year) for year in range(since - 1, until + 1)]
    if not any(by_year):
        whole.add_component(_part(tz, datetime(since - 1, 1, 1, tzinfo=UTC)))
        return whole
    for of_each_year in zip(*by_year, strict=False) if {len(some) for some in by_year} == {2} else ():
        rule = _rule([_wall(tz, change) for change in of_each_year])
        if rule is None:
            break
        whole.add_component(_part(tz, of_each_year[0], rule))
    return whole if len(whole.subcomponents) == 2 else Timezone.from_tzinfo(tz)


@lru_cache(maxsize=4096)
def _changes(zone: str, year: int) -> Sequence[datetime]:
    """The instants in this year at which the clocks are put on or back; remembered for calendars of other years."""
    return list(_found(ZoneInfo(zone), year))


def _found(tz: ZoneInfo, year: int) -> Iterator[datetime]:
    day, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    while day < end:
        if _offset(tz, day) != _offset(tz, day + DAY):
            yield _between(tz, day, day + DAY)
        day += DAY


def _between(tz: ZoneInfo, before: datetime, after: datetime) -> datetime:
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) // 2
        middle -= timedelta(seconds=middle.second, microseconds=middle.microsecond)
        if _offset(tz, middle) == _offset(tz, before):
            before = middle
        else:
            after = middle
    return after


def _offset(tz: ZoneInfo, moment: datetime) -> timedelta:
    offset = moment.astimezone(tz).utcoffset()
    assert offset is not None
    return offset


def _wall(tz: ZoneInfo, change: datetime) -> datetime:
    """What the clocks showed at the change, before a hand was laid on them."""
    return (change + _offset(tz, change - DAY)).replace(tzinfo=None)


def _rule(walls: Sequence[datetime]) -> dict[str, Any] | None:
    """The last Sunday of March, its second, or the first from the 2nd on, where that is true of every year's."""
    if len({(wall.month, wall.weekday(), wall.time()) for wall in walls}) > 1:
        return None
    lasts = {wall.day + 7 > monthrange(wall.year, wall.month)[1] for wall in walls}
    nths = {(wall.day - 1) // 7 + 1 for wall in walls}
    which = LAST if lasts == {True} else nths.pop() if len(nths) == 1 else None
    yearly, day = {"freq": "yearly", "bymonth": walls[0].month}, DAYS[walls[0].weekday()]
    if which is not None:
        return yearly | {"byday": f"{which}{day}"}
    first = min(wall.day for wall in walls)
    if max(wall.day for wall in walls) - first > 6:
        return None
    return yearly | {"byday": day, "bymonthday": list(range(first, first + 7))}


def _part(tz: ZoneInfo, change: datetime, rule: dict[str, Any] | None = None) -> TimezoneStandard | TimezoneDaylight:
    local = change.astimezone(tz)
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("dtstart", _wall(tz, change))
    part.add("tzoffsetfrom", _offset(tz, change - DAY))
    part.add("tzoffsetto", _offset(tz, change))
    part.add("tzname", local.tzname() or str(tz))
    if rule:
        part.add("rrule", rule)
    return part
