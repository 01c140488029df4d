"""How often a group meets, told without an RRULE: the weekday, and which of a month, follow from the first day."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from dateutil import rrule
from django.db import models
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1


class Every(models.TextChoices):
    WEEK = "week", gettext_lazy("Every week")
    TWO_WEEKS = "2weeks", gettext_lazy("Every second week")
    THREE_WEEKS = "3weeks", gettext_lazy("Every third week")
    FOUR_WEEKS = "4weeks", gettext_lazy("Every fourth week")
    MONTH = "month", gettext_lazy("Every month, on the same weekday of it: the first Tuesday, the third Thursday")
    MONTH_END = "monthend", gettext_lazy("Every month, on its last such weekday")


WEEKS = {Every.WEEK: 1, Every.TWO_WEEKS: 2, Every.THREE_WEEKS: 3, Every.FOUR_WEEKS: 4}


@dataclass(frozen=True)
class Rhythm:
    """`skips` are months by number. A day that fits none of the rule's is passed over, the first one too."""

    every: str
    first: date
    skips: Collection[int] = ()
    until: date | None = None

    @property
    def which(self) -> int | None:
        """Of a month: the first (1) to the fourth such weekday, or the last one; None where weeks are counted."""
        if self.every in WEEKS:
            return None
        nth = (self.first.day - 1) // 7 + 1
        return LAST if self.every == Every.MONTH_END or nth == 5 else nth

    @property
    def months(self) -> list[int] | None:
        """Those in which the group meets, where it is not in all."""
        return [month for month in range(1, 13) if month not in self.skips] if self.skips else None

    def days(self) -> Iterator[date]:
        """From the first on; without an end where none is set."""
        if self.months == []:
            return iter(())
        start = datetime.combine(self.first, time.min)
        if self.which is None:
            rule = rrule.rrule(rrule.WEEKLY, start, WEEKS[Every(self.every)], bymonth=self.months)
        else:
            weekday = rrule.weekday(self.first.weekday(), self.which)
            rule = rrule.rrule(rrule.MONTHLY, start, byweekday=weekday, bymonth=self.months)
        end = self.until or date.max
        return takewhile(lambda day: day <= end, (moment.date() for moment in rule))

    def recur(self) -> dict[str, Any]:
        """For iCalendar, without its end."""
        day = DAYS[self.first.weekday()]
        if self.which is None:
            rule: dict[str, Any] = {"freq": "weekly", "interval": WEEKS[Every(self.every)], "byday": day}
        else:
            rule = {"freq": "monthly", "byday": f"{self.which}{day}"}
        return rule | ({"bymonth": self.months} if self.months else {})

    def __str__(self) -> str:
        """ "every second Thursday, not in August"."""
        said = self._how_often() % {"day": WEEKDAYS[self.first.weekday()]}
        if not self.skips:
            return said
        months = get_text_list([str(MONTHS[month]) for month in sorted(self.skips)], _("or"))
        return _("%(often)s, not in %(months)s") % {"often": said, "months": months}

    def _how_often(self) -> str:
        if self.which is None:
            weekly = [
                _("every %(day)s"),
                _("every second %(day)s"),
                _("every third %(day)s"),
                _("every fourth %(day)s"),
            ]
            return weekly[WEEKS[Every(self.every)] - 1]
        monthly = {
            1: _("every first %(day)s of the month"),
            2: _("every second %(day)s of the month"),
            3: _("every third %(day)s of the month"),
            4: _("every fourth %(day)s of the month"),
            LAST: _("every last %(day)s of the month"),
        }
        return monthly[self.which]


def at(day: date, clock: time, zone: str) -> datetime:
    """The instant of this hour. One that the clocks skip is as long after midnight as ever, and so shown an hour later;
    of one that comes twice it is the first (as in RFC 5545, 3.3.5).
    """
    return datetime.combine(day, clock, tzinfo=ZoneInfo(zone))
