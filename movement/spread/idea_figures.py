"""How far an idea has come, as it may be told (design rule 6).

Where five or more allies of a department tried it: the sum over such departments, each as its `safety.Cell` tells it,
and how many departments these are. So it depends on nothing that is hidden, and nothing is told where no department has
five. (A sum of all was told once, "here and there". Beside what the coverage says of small departments it could have
shown that everybody of one is an ally.)

It is worked out when the month has ended and stays as it was told: a headcount that is mended later draws the ranges
anew, and two ranges of one count would tell more than either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from movement.actions.models import Idea
from movement.spread import safety
from movement.spread.idea_months import IdeaMonth

#: So many months at most stand in the picture.
SHOWN = 12
#: So many ideas are named on /spread/.
TOP = 10


@dataclass(frozen=True)
class Reach:
    """By the end of `month`. `allies` is None where no department has five."""

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
    """One query. Of the months before anything could be told the last is left."""
    rows = IdeaMonth.objects.filter(idea=idea, unit=None).order_by("-month")
    months = [Reach(*row) for row in rows.values_list("month", "allies", "departments")[:SHOWN]][::-1]
    first = next((place for place, reach in enumerate(months) if reach.allies), len(months))
    return Spread(months[max(0, min(first, len(months) - 1) - 1) :])


def reach(month: date, tried: Mapping[int, int], headcounts: Mapping[int, int]) -> Reach:
    """`tried` says how many of each department had by then; `headcounts` has the departments of then."""
    cells = [safety.cell(count, headcounts.get(unit, 0)) for unit, count in tried.items()]
    told = [cell.value for cell in cells if cell.value is not None]
    return Reach(month, sum(told) or None, len(told))


def furthest(month: date) -> list[dict[str, object]] | None:
    """The ideas that had come into the most departments by the end of the month. None where none can be told of."""
    rows = IdeaMonth.objects.filter(month=month, unit=None, departments__gt=0, idea__in=Idea.objects.published())
    first = rows.order_by("-departments", "-allies", "idea__title", "idea").values_list(
        "idea__title", "idea__slug", "departments", "allies"
    )
    return [dict(zip(("title", "slug", "departments", "allies"), row, strict=True)) for row in first[:TOP]] or None
