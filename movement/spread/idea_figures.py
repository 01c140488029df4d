"""How far an idea has come, as it may be told (design rule 6).

Either of two, never both, so that no difference between them tells of what is hidden:

- Where five or more allies of a department tried it: the sum over such departments, each as its `safety.Cell` tells it,
  and how many departments these are. It depends on nothing that is hidden.
- Where no department has five: all who tried it, to the nearest five, without any department; and only where so many
  departments are left that each of them could have nobody, or four.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from movement.actions.models import Idea
from movement.allies.models import Unit
from movement.spread import safety
from movement.spread.idea_months import IdeaMonth

#: So many months at most stand in the picture.
SHOWN = 12


@dataclass(frozen=True)
class Reach:
    """By the end of `month`. `allies` is None for "fewer than five, or not to be told"; `departments` is 0 where none
    of them has five."""

    month: date
    allies: int | None
    departments: int


@dataclass(frozen=True)
class Spread:
    """Month by month, the latest last; empty before the first month has ended."""

    months: list[Reach]

    @property
    def latest(self) -> Reach | None:
        return self.months[-1] if self.months else None

    @property
    def most(self) -> int:
        return max((reach.allies or 0 for reach in self.months), default=0)

    @property
    def bars(self) -> list[tuple[Reach, int]]:
        """Each with its length, in percent of the longest."""
        return [(reach, round(100 * (reach.allies or 0) / self.most) if self.most else 0) for reach in self.months]


def spread_of(idea: Idea) -> Spread:
    """Two queries, whatever the number of actions. Of the months before anything could be told the last is left."""
    rows = IdeaMonth.objects.filter(idea=idea).order_by("month").values_list("month", "unit", "begun")
    months = reached(rows, headcounts=dict(Unit.objects.choosable().values_list("pk", "headcount")))[-SHOWN:]
    first = next((place for place, reach in enumerate(months) if reach.allies), len(months))
    return Spread(months[max(0, min(first, len(months) - 1) - 1) :])


def reached(rows: Iterable[tuple[date, int | None, int]], *, headcounts: dict[int, int]) -> list[Reach]:
    """`rows` by month: unit (or None) and how many began there; `headcounts` of the departments there are."""
    begun: dict[date, list[tuple[int | None, int]]] = defaultdict(list)
    for month, unit, count in rows:
        begun[month].append((unit, count))
    by_unit: dict[int | None, int] = defaultdict(int)
    found = []
    for month, counts in begun.items():
        for unit, count in counts:
            by_unit[unit] += count
        cells = [safety.cell(count, headcounts.get(unit, 0)) for unit, count in by_unit.items() if unit is not None]
        found.append((month, [one.value for one in cells if one.value is not None], sum(by_unit.values())))
    is_by_department = bool(found and found[-1][1])
    return [
        Reach(month, sum(told) or None, len(told)) if is_by_department else _of_all(month, everybody, len(headcounts))
        for month, told, everybody in found
    ]


def _of_all(month: date, everybody: int, departments: int) -> Reach:
    told = (everybody + safety.STEP // 2) // safety.STEP * safety.STEP if everybody >= safety.FEWEST else None
    most_hidden = safety.FEWEST - 1
    could_be_anywhere = told is not None and most_hidden * (departments - 1) >= told + safety.STEP // 2
    return Reach(month, told if could_be_anywhere else None, 0)
