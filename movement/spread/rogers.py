"""Rogers's categories of adopters, as what they are: cuts through a bell curve that was drawn first.

E. M. Rogers, "Diffusion of innovations" (1962), cuts the normal distribution of the time of adoption at its mean and at
one and two standard deviations before, and one after it. So the shares below hold of every spread there ever was, by
definition; they say who came when and nothing about what these people are like. Loaded by the web process.
"""

from dataclasses import dataclass
from math import floor
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from movement.fives import nearest_five

#: The name, and the share of all who will ever join that has joined when its last one has.
CUTS: list[tuple[str | Promise, float]] = [
    (_("Innovators"), 0.025),
    (_("Early adopters"), 0.16),
    (_("Early majority"), 0.50),
    (_("Late majority"), 0.84),
    (_("Laggards"), 1.0),
]
#: The same cuts in standard deviations from the mean time.
DEVIATIONS = (-2.0, -1.0, 0.0, 1.0)


@dataclass(frozen=True)
class Category:
    """`first` and `last` are percent of all within reach; `people` is how many allies there are when it is full."""

    name: str | Promise
    first: float
    last: float
    people: int
    is_here: bool

    @property
    def size(self) -> float:
        return round(self.last - self.first, 1)


@dataclass(frozen=True)
class Rogers:
    """Where `allies` (a published sum: rounded, and told lower late) of `within_reach` people stand among the five."""

    allies: int
    within_reach: int
    reachable: int
    categories: list[Category]

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return min(1.0, self.allies / self.within_reach)

    @property
    def percent(self) -> int:
        return round(self.share * 100)

    @property
    def here(self) -> Category:
        return next(category for category in self.categories if category.is_here)


def standing(page: dict[str, Any], reachable: int) -> dict[str, int] | None:
    """Where we stand, from what `publishing` told /spread/; None where it would say nothing: no headcount, or no
    published count yet. `reachable` is in percent."""
    within, shown = floor(page["headcount"] * reachable / 100), page["total"][0]
    return {"allies": shown, "within_reach": within, "reachable": reachable} if within and shown else None


def rogers(told: dict[str, int]) -> Rogers:
    """Read what `standing` kept."""
    share, categories, first = min(1.0, told["allies"] / told["within_reach"]), [], 0.0
    for name, last in CUTS:
        people = nearest_five(told["within_reach"] * last)
        categories.append(Category(name, first * 100, last * 100, people, first < share <= last))
        first = last
    return Rogers(**told, categories=categories)
