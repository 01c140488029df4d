"""When what is told of a department may change.

A range that changes from one month to the next tells something of whoever came or went between them. To somebody who
knows that exactly one person moved there in that time, it would tell that this one is an ally. So a department's count
is *told anew* only where several people stand behind the change:

- since it was last told anew, at least three more came than went, or went than came;
- and so they did within the month that has just ended, or else within the quarter, the half-year or the year that ends
  with it (every second December the first of the two will do). So no change can be put down to the last month alone.

Until then the count of the time when it was last told anew stands, and all that is published of allies is worked out
from it. A department that grows by one a month is told of at the ends of quarters; one where two come in a year, every
second year.

What it does not hide: whoever knows of all who came and went in the whole of that time but one. They must know how many
quiet allies came, which nothing here tells.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

#: A change that so many stand behind at least.
SEVERAL = 3
#: In months: that ends with the month, the quarter, the half-year, the year.
WINDOWS = (1, 3, 6, 12)
#: Nothing waits for longer.
LONGEST = 24


class Then(NamedTuple):
    """At the end of an earlier month: how many allies were there, and how many stood in what was told."""

    there: int
    told: int


def looked_back(month: date) -> list[date]:
    """The months with which this one is compared, the last one first."""
    number = month.year * 12 + month.month
    return [month - relativedelta(months=length) for length in WINDOWS if number % length == 0]


def steady(month: date, there: int, before: Mapping[date, Then]) -> int:
    """How many allies stand in what is told at the end of `month`. `before` holds the months of `looked_back`, as far
    as the department had them; in its first month it is told as it is."""
    last = before.get(month - relativedelta(months=1))
    if last is None or (abs(there - last.told) >= SEVERAL and _have_moved(month, there, before)):
        return there
    return last.told


def _have_moved(month: date, there: int, before: Mapping[date, Then]) -> bool:
    """Whether several did within one of the times that end now, given that several did since it was told anew: a time
    that began before the department did holds all of that."""
    if (month.year * 12 + month.month) % LONGEST == 0:
        return True
    return any(at not in before or abs(there - before[at].there) >= SEVERAL for at in looked_back(month))
