"""What counts as "something done": an action noted, a meeting attended, a section read, a commitment kept.

Higher floors say in `AppConfig.ready()` where they keep theirs; this one only asks, for one ally's weeks, and for who
has done anything lately.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models.functions import TruncDate

from movement.allies.models import Ally

Rows = Callable[[], models.QuerySet[Any]]


@dataclass(frozen=True, kw_only=True)
class Doing:
    """`rows` are the deeds; `ally` and `on` are the paths to who did it and when (a day, or an instant)."""

    name: str
    rows: Rows = field(repr=False)
    ally: str
    on: str
    is_instant: bool = True

    def since(self, moment: datetime) -> models.QuerySet[Any]:
        """From then on."""
        return self.rows().filter(**{f"{self.on}__gte": moment if self.is_instant else moment.date()})


_doings: dict[str, Doing] = {}


def register(doing: Doing) -> None:
    if doing.name in _doings:
        raise ValueError(f"{doing.name} counts as something done already.")
    _doings[doing.name] = doing


def zone_of(ally: Ally) -> ZoneInfo:
    return ZoneInfo(ally.user.timezone or settings.TIME_ZONE)


def days_of(ally: Ally, *, since: date, until: date) -> set[date]:
    """The days, by this ally's own calendar, on which they did something: one query."""
    zone = zone_of(ally)
    start = datetime.combine(since, time.min, zone)
    found = [_days(doing, ally, start, zone) for doing in _doings.values()]
    if not found:
        return set()
    rows = found[0].union(*found[1:]) if len(found) > 1 else found[0].distinct()
    return {row[0] for row in rows if since <= row[0] <= until}


def _days(doing: Doing, ally: Ally, start: datetime, zone: ZoneInfo) -> models.QuerySet[Any]:
    day: Any = TruncDate(doing.on, tzinfo=zone) if doing.is_instant else models.F(doing.on)
    mine = doing.since(start).filter(**{doing.ally: ally}).order_by()
    return mine.annotate(doing_day=day).values_list("doing_day")


def did_something(ally: Ally, *, since: datetime, until: datetime) -> bool:
    """Whether anything was done between these instants; days are taken as whole."""
    zone = zone_of(ally)
    return bool(days_of(ally, since=since.astimezone(zone).date(), until=until.astimezone(zone).date()))


def idle_since(moment: datetime) -> models.QuerySet[Ally]:
    """Active allies who have done nothing since then, and were here before."""
    idle = Ally.objects.active().filter(joined_at__lt=moment)
    for doing in _doings.values():
        idle = idle.exclude(models.Exists(doing.since(moment).filter(**{doing.ally: models.OuterRef("pk")})))
    return idle


def weeks_before(day: date, weeks: int) -> list[date]:
    """The Mondays of so many weeks, this one last."""
    monday = day - timedelta(days=day.weekday())
    return [monday - timedelta(weeks=back) for back in reversed(range(weeks))]
