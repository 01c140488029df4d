"""The figures of one month as they may be published: by department, by division, for the whole organisation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from movement.allies.models import Unit
from movement.spread import safety
from movement.spread.models import UnitSnapshot


@dataclass(frozen=True)
class UnitFigures:
    """One department. `allies` is None for "fewer than 5"; `coverage` is between 0 and 1, or None."""

    unit: Unit
    allies: int | None
    headcount: int

    @property
    def coverage(self) -> float | None:
        return safety.coverage(self.allies, self.headcount)

    @property
    def percent(self) -> int | None:
        return None if self.coverage is None else round(self.coverage * 100)

    @property
    def is_reached(self) -> bool:
        """Compared in whole numbers, so that one in ten is one in ten."""
        return self.allies is not None and self.headcount > 0 and self.allies * 10 >= self.headcount


@dataclass(frozen=True)
class DivisionFigures:
    unit: Unit
    departments: list[UnitFigures]

    @property
    def reached(self) -> int:
        return sum(department.is_reached for department in self.departments)

    @property
    def is_reached(self) -> bool:
        return bool(self.departments) and self.reached == len(self.departments)

    @property
    def total(self) -> safety.Total:
        return safety.total(department.allies for department in self.departments)

    @property
    def headcount(self) -> int:
        return sum(department.headcount for department in self.departments)


@dataclass(frozen=True)
class Figures:
    """`month` is None before the first month has ended."""

    month: date | None
    divisions: list[DivisionFigures]

    @property
    def total(self) -> safety.Total:
        return safety.total(department.allies for division in self.divisions for department in division.departments)

    @property
    def headcount(self) -> int:
        return sum(division.headcount for division in self.divisions)

    @property
    def departments(self) -> int:
        return sum(len(division.departments) for division in self.divisions)

    @property
    def largest(self) -> int:
        return max((one.headcount for division in self.divisions for one in division.departments), default=0)


def latest() -> Figures:
    """The last finished month; three queries, whatever the number of units, allies or months."""
    newest = UnitSnapshot.objects.order_by("-month").values_list("month", flat=True).first()
    snapshots = UnitSnapshot.objects.filter(month=newest) if newest else UnitSnapshot.objects.none()
    return of(newest, list(Unit.objects.choosable()), {snapshot.unit_id: snapshot for snapshot in snapshots})


def of(month: date | None, units: Iterable[Unit], snapshots: dict[int, UnitSnapshot]) -> Figures:
    """A division without departments stands as its own only department."""
    divisions: dict[int, DivisionFigures] = {}
    for unit in units:
        division = divisions.setdefault(unit.division.pk, DivisionFigures(unit.division, []))
        snapshot = snapshots.get(unit.pk)
        division.departments.append(
            UnitFigures(
                unit,
                safety.publish(snapshot.allies if snapshot else 0),
                snapshot.headcount if snapshot else unit.headcount,
            )
        )
    return Figures(month, list(divisions.values()))


@dataclass(frozen=True)
class Point:
    """The end of one month: allies in the units that may be shown, and in how many units that was."""

    month: date
    allies: int
    units: int


def growth() -> list[Point]:
    """Month by month, from published figures only: what was hidden in a month stays hidden in its sum."""
    points: dict[date, list[int]] = {}
    for month, allies in UnitSnapshot.objects.order_by("month").values_list("month", "allies"):
        shown = safety.publish(allies)
        points.setdefault(month, []).extend([] if shown is None else [shown])
    return [Point(month, sum(shown), len(shown)) for month, shown in points.items()]
