"""One's own last quarter by weeks: those in which something was done, and nothing said of the others.

There is no streak that could break, and nobody else sees it. Weeks of a pause are no weeks off, they are a pause.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from movement.allies.models import Ally
from movement.resolve.doings import days_of, weeks_before, zone_of
from postbox.models import Pause

WEEKS = 13


@dataclass(frozen=True, kw_only=True)
class Week:
    monday: date
    is_done: bool
    is_paused: bool = False
    #: The first of a month's weeks bears its name below.
    month: str = ""

    @property
    def said(self) -> str:
        if self.is_done:
            return _("something done")
        return _("a pause") if self.is_paused else _("quiet")

    @property
    def looks(self) -> str:
        return "done" if self.is_done else "paused" if self.is_paused else ""


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    weeks: list[Week]

    @property
    def data(self) -> list[tuple[str, str, str]]:
        """As `{% weeks %}` draws it."""
        return [(f"{date_format(one.monday, 'j F')}: {one.said}", one.looks, one.month) for one in self.weeks]

    @property
    def done(self) -> int:
        return sum(week.is_done for week in self.weeks)

    @property
    def summed(self) -> str:
        """In how many of the weeks there was something; "" for none: then nothing is drawn either."""
        if not self.done:
            return ""
        return _("Something in %(n)s of the last thirteen weeks.") % {"n": self.done}


def rhythm_of(ally: Ally, today: date | None = None, *, pause: Pause | None = None) -> Rhythm:
    """One query, for the days."""
    day = today or timezone.localdate(timezone=zone_of(ally))
    mondays = weeks_before(day, WEEKS)
    done = {one - timedelta(days=one.weekday()) for one in days_of(ally, since=mondays[0], until=day)}
    weeks = [
        Week(
            monday=monday,
            is_done=monday in done,
            is_paused=_is_in(pause, monday, ally),
            month=date_format(monday, "M") if not place or monday.day <= 7 else "",
        )
        for place, monday in enumerate(mondays)
    ]
    return Rhythm(weeks=weeks)


def _is_in(pause: Pause | None, monday: date, ally: Ally) -> bool:
    """Whether the better part of that week lies in it: its Thursday at noon."""
    if pause is None:
        return False
    return pause.covers(datetime.combine(monday + timedelta(days=3), time(12), zone_of(ally)))
