"""When what is told of a department may become less.

A range that falls from one month to the next tells something of whoever went between them. Hardly anybody who has
joined goes back on it: where exactly one colleague left a department in that time, its fall would tell that this one
was an ally. So a department's count is told *lower* only where several people stand behind it: within the month that
has just ended, or else within the quarter, the half-year, the year, the two or the four years that end with it. A
longer time counts only while the department was not told anew within it: the change would be put down to the months
since. And it asks for more people, since fewer than that had gone in the part of it before the last. Until then the
count of the time when it was last told stands, and all that is published of allies is worked out from it.

A rise is told with the month. It points at nobody: whoever came to the department is one of all in it who may have
joined. And so growth is told as it was, for the methods too (`told_ranges`).

What it keeps: whoever knows that in a month, or in a whole quarter, half-year or year of the calendar, one person alone
went, cannot tell from what is published whether that one was an ally. What it does not: whoever knows of all who came
and went in the whole of such a time but one; and whoever knows of everybody else in a department that they did not join
in a month. Both must know of its quiet allies, whom nothing here tells. `tests/movement/spread/test_steadying.py` goes
through all histories of a department; docs/small-numbers.md says it in plain words.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from movement.spread import safety

#: A time in months that ends with the month, and how many more must have gone than come in it.
SEVERAL = {1: 3, 3: 3, 6: 4, 12: 5, 24: 6, 48: 7}


class Then(NamedTuple):
    """The end of an earlier month: how many allies were there, how many stood in what was told, and the month since
    which they did."""

    there: int
    told: int
    since: date


@cache
def looked_back(month: date) -> dict[date, int]:
    """The months with which this one is compared, the last one first, and how many must have gone since."""
    number = month.year * 12 + month.month
    return {month - relativedelta(months=length): many for length, many in SEVERAL.items() if number % length == 0}


def steady(month: date, there: int, headcount: int, before: Mapping[date, Then]) -> tuple[int, date]:
    """How many allies stand in what is told at the end of `month`, and since when. `before` holds the months of
    `looked_back`, as far as the department had them; in its first month it is told as it is."""
    last = before.get(next(iter(looked_back(month))))
    if last is None or there > last.told:
        return there, month
    for number, (begin, many) in enumerate(looked_back(month).items()):
        if begin not in before or last.since > begin:
            break
        if min(before[begin].there, last.told) - there >= many:
            return next_range(last.told, there, headcount) if number else there, month
    return last.told, last.since


def next_range(told: int, there: int, headcount: int) -> int:
    """Over a longer time it falls into the next range at most: to leap over one takes so many that all the months of
    that time would be known by it."""
    now = safety.cell(told, headcount)
    if now.is_countable and there < now.low:
        return max(there, safety.cell(now.low - 1, headcount).low)
    return there
