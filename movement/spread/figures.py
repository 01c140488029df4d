"""The figures of one month as they may be told: by department, by division, for the whole organisation.

Made by `publishing`, kept as JSON, and read back from it by the pages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import cached_property

from movement.spread import safety
from movement.spread.estimates import GROWTH, TREE, kept

#: Outside the circle no figure is told of fewer departments: a sum of one would be that one's.
FEWEST_COUNTED = 2


@dataclass(frozen=True)
class UnitName:
    name: str
    slug: str


def percent(share: float | None) -> int | None:
    return None if share is None else round(share * 100)


@dataclass(frozen=True)
class UnitFigures:
    """One department's month. Things done are None where nothing may be said of them."""

    unit: UnitName
    month: date
    headcount: int
    allies: safety.Cell
    active: safety.Cell
    actions: int | None = None
    clubs: int | None = None
    meetings: int | None = None
    ties: int | None = None

    @property
    def percent(self) -> int | None:
        return percent(safety.coverage(self.allies.value, self.headcount))

    @property
    def is_reached(self) -> bool:
        """Compared in whole numbers, so that one in ten is one in ten."""
        return self.allies.value is not None and self.headcount > 0 and self.allies.value * 10 >= self.headcount

    @property
    def is_a_quarter(self) -> bool:
        return self.allies.value is not None and self.headcount > 0 and self.allies.value * 4 >= self.headcount

    def told(self) -> dict[str, Any]:
        return {
            "name": self.unit.name,
            "slug": self.unit.slug,
            "headcount": self.headcount,
            "kind": self.allies.kind.value,
            "allies": self.allies.value,
            "percent": self.percent,
            "is_reached": self.is_reached,
            "active": self.active.value,
            "actions": self.actions,
            "clubs": self.clubs,
            "meetings": self.meetings,
            "ties": self.ties,
        }


def pool_told(pool: safety.Pool | None) -> dict[str, Any] | None:
    """Departments told together, since each of them hides."""
    return {"units": pool.units, "is_five": pool.is_five} if pool else None


@dataclass(frozen=True)
class DivisionFigures:
    unit: UnitName
    departments: list[UnitFigures]
    together: safety.Pool | None

    @property
    def countable(self) -> list[UnitFigures]:
        return [department for department in self.departments if department.allies.is_countable]

    @property
    def reached(self) -> int:
        return sum(department.is_reached for department in self.departments)

    @property
    def is_reached(self) -> bool:
        """Those that are never counted hold nobody up."""
        return bool(self.countable) and self.reached == len(self.countable)

    @property
    def total(self) -> safety.Total:
        return safety.total(department.allies for department in self.departments)

    @property
    def headcount(self) -> int:
        return sum(department.headcount for department in self.departments)

    @property
    def percent(self) -> int | None:
        """Of those that are shown, among everybody."""
        return percent(safety.coverage(self.total.shown or None, self.headcount))

    def told(self, *, with_departments: bool) -> dict[str, Any]:
        return {
            "name": self.unit.name,
            "slug": self.unit.slug,
            "headcount": self.headcount,
            "allies": self.total.shown,
            "is_partial": self.total.is_partial,
            "percent": self.percent,
            "reached": self.reached,
            "counted": sum(one.allies.is_shown for one in self.departments),
            "number": len(self.departments),
            "departments": [one.told() for one in self.departments] if with_departments else [],
            "together": pool_told(self.together),
        }


@dataclass(frozen=True)
class Figures:
    """`together` are those whom no division could tell together."""

    month: date
    divisions: list[DivisionFigures]
    together: safety.Pool | None

    @cached_property
    def all(self) -> list[UnitFigures]:
        return [department for division in self.divisions for department in division.departments]

    @property
    def total(self) -> safety.Total:
        return safety.total(department.allies for department in self.all)

    @property
    def counted(self) -> int:
        return sum(department.allies.is_shown for department in self.all)

    @property
    def headcount(self) -> int:
        return sum(division.headcount for division in self.divisions)

    @property
    def departments(self) -> int:
        return len(self.all)

    @property
    def largest(self) -> int:
        return max((one.headcount for one in self.all), default=0)

    def names(self, *, by_division: bool) -> list[UnitName]:
        rows: Iterable[DivisionFigures | UnitFigures] = self.divisions if by_division else self.all
        return [one.unit for one in rows]

    def shares(self, *, by_division: bool) -> dict[str, list[Any]]:
        """By slug: coverage in hundredths, and why there is none."""
        if by_division:
            return {one.unit.slug: [one.percent, "few" if one.percent is None else ""] for one in self.divisions}
        return {one.unit.slug: [one.percent, "" if one.allies.is_shown else one.allies.kind.value] for one in self.all}

    def told(self) -> dict[str, Any]:
        return {
            "divisions": [division.told(with_departments=True) for division in self.divisions],
            "together": pool_told(self.together),
        }


@dataclass(frozen=True)
class Point:
    """The end of one month: allies in the units that may be shown, and in how many units that was."""

    month: date
    allies: int
    units: int


def of_several(months: list[Point]) -> list[Point]:
    """Those of which a total may leave the circle: where one department is counted, it would be that one's figure."""
    return [point for point in months if point.units >= FEWEST_COUNTED]


def growth() -> list[Point]:
    """Month by month: what was hidden in a month stays hidden in its sum."""
    told = kept(GROWTH).get(GROWTH)
    return points(told.told if told else [])


def points(told: Any) -> list[Point]:
    return [Point(date.fromisoformat(month), allies, units) for month, allies, units in told]


def tree() -> dict[str, Any] | None:
    """The whole tree of the last month, as it was told."""
    told = kept(TREE).get(TREE)
    return None if told is None else {"month": told.month, **(told.told or {})}
