"""The one door through which figures of units leave the snapshots: pages, tables, files, pictures and milestones read
what is told here, and nothing else of them.

`tell` runs in the worker, after the months have been built. What it writes consists of what `safety` lets through, and
of names and headcounts; telling again changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from movement.allies.models import Unit
from movement.spread import safety
from movement.spread.estimates import GROWTH, HEAT, MILES, SPREAD, TREE, keep
from movement.spread.figures import DivisionFigures, Figures, UnitFigures, UnitName, pool_told
from movement.spread.milestones import first_facts, milestones
from movement.spread.models import UnitSnapshot
from movement.spread.stages import standing

#: A page names so many units at most; the file has all.
MOST_ROWS = 30
#: The heat map goes back so far.
MONTHS_SHOWN = 24
#: So few may be told, each by themselves, that one more would count.
ONE_OR_TWO = (1, 2)
FIELDS = ("unit_id", "division_id", "month", "headcount", "allies", "active", "actions", "clubs", "meetings", "ties")


class Row(NamedTuple):
    """A snapshot as it is. Not for pages."""

    unit: int
    division: int | None
    month: date
    headcount: int
    allies: int
    active: int
    actions: int
    clubs: int
    meetings: int
    ties: int

    @property
    def doers(self) -> int:
        """Of those who stand in what is told: while more are there than that, no more are told of as active."""
        return min(self.active, self.allies)


def published(row: Row, name: UnitName) -> UnitFigures:
    """All that is told of one unit's month."""
    doers = safety.cell(row.doers, row.headcount)
    return UnitFigures(
        unit=name,
        month=row.month,
        headcount=row.headcount,
        allies=safety.cell(row.allies, row.headcount),
        active=doers,
        actions=safety.amount(row.actions, doers),
        clubs=safety.amount(row.clubs, doers),
        meetings=safety.amount(row.meetings, doers),
        ties=safety.amount(row.ties, doers),
    )


def publish(month: date, rows: Iterable[Row], units: list[Unit]) -> Figures:
    """One month of the whole organisation, in the tree of then and in the order of `units`."""
    by_unit = {row.unit: row for row in rows}
    place = {unit.pk: number for number, unit in enumerate(units)}
    names = {unit.pk: UnitName(unit.name, unit.slug) for unit in units}
    inside: dict[int, list[Row]] = defaultdict(list)
    for row in sorted(by_unit.values(), key=lambda row: place[row.unit]):
        inside[row.division or row.unit].append(row)
    left: list[Row] = []
    divisions = []
    for division in sorted(inside, key=lambda unit: place[unit]):
        together, rest = pooled(inside[division])
        left += rest
        departments = [published(row, names[row.unit]) for row in inside[division]]
        divisions.append(DivisionFigures(names[division], departments, together))
    return Figures(month, divisions, pooled(left)[0])


def pooled(rows: list[Row]) -> tuple[safety.Pool | None, list[Row]]:
    """What is told together of those that hide, and the rows that were too few for that."""
    hidden = [row for row in rows if safety.cell(row.allies, row.headcount).kind == safety.Kind.FEW]
    found = safety.pool([row.allies for row in hidden])
    return found, [] if found else hidden


def of_unit(unit: Unit, months: int = 36) -> list[UnitFigures]:
    """Its own months, newest first."""
    rows = UnitSnapshot.objects.filter(unit=unit).order_by("-month").values_list(*FIELDS)[:months]
    name = UnitName(unit.name, unit.slug)
    return [published(Row(*row), name) for row in rows]


def shown_by_month() -> Iterable[tuple[int, date, int, int]]:
    """Unit, month, allies as told, headcount: oldest first, where a count is told."""
    rows = UnitSnapshot.objects.order_by("month").values_list("unit", "month", "allies", "headcount")
    for unit, month, allies, headcount in rows.iterator(chunk_size=10_000):
        if (told := safety.cell(allies, headcount).value) is not None:
            yield unit, month, told, headcount


def hidden_headcounts(month: date) -> list[int]:
    """How many people work in each of those that say "fewer than five": whether it is none or four is the same."""
    rows = UnitSnapshot.objects.filter(month=month).order_by("unit").values_list("allies", "headcount")
    return [headcount for allies, headcount in rows if safety.cell(allies, headcount).kind == safety.Kind.FEW]


def of_one_or_two(month: date) -> tuple[set[int], set[int]]:
    """Units that are told from one or two allies, and all that say "fewer than five". For `second_ally` alone, which
    tells the one or two themselves, and nobody else which units they are."""
    rows = UnitSnapshot.objects.filter(month=month).values_list("unit", "allies", "headcount")
    hidden = {unit: allies for unit, allies, people in rows if safety.cell(allies, people).kind == safety.Kind.FEW}
    return {unit for unit, allies in hidden.items() if allies in ONE_OR_TWO}, set(hidden)


def of_division(division: Unit) -> DivisionFigures | None:
    """Its departments in the last month that was built; None if it had none by then."""
    newest = latest_month()
    if newest is None:
        return None
    found = [Row(*row) for row in UnitSnapshot.objects.filter(division=division, month=newest).values_list(*FIELDS)]
    if not found:
        return None
    units = [*Unit.objects.in_order().filter(pk__in=[row.unit for row in found]), division]
    return publish(newest, found, units).divisions[0]


def latest_month() -> date | None:
    return UnitSnapshot.objects.order_by("-month").values_list("month", flat=True).first()


def tell() -> date | None:
    """Write what the pages read, for the last month that was built. Returns that month, None before the first."""
    newest = latest_month()
    if newest is None:
        return None
    units = list(Unit.objects.in_order())
    months: dict[date, list[Row]] = defaultdict(list)
    for values in UnitSnapshot.objects.order_by("month").values_list(*FIELDS).iterator(chunk_size=10_000):
        row = Row(*values)
        months[row.month].append(row)
    figures = [publish(month, rows, units) for month, rows in months.items()]
    for name, told in edition(figures, first_facts()).items():
        keep(name, newest, told)
    return newest


def edition(months: list[Figures], facts: list[tuple[str, date]]) -> dict[str, Any]:
    """All that is told when the last of these months has ended, by name. `facts` are milestones of their own."""
    now = months[-1]
    return {
        SPREAD: page(now),
        TREE: now.told(),
        GROWTH: [[of.month.isoformat(), of.total.shown, of.counted] for of in months],
        HEAT: heat(now, months[-MONTHS_SHOWN:]),
        MILES: [mile.told() for mile in milestones(months, facts)],
    }


def page(now: Figures) -> dict[str, Any]:
    """What /spread/ says of the last month, at a length that does not grow with the organisation."""
    where = standing(now, has_allies=True)
    return {
        "standing": where.told(),
        "total": [now.total.shown, now.total.is_partial],
        "headcount": now.headcount,
        "departments": now.departments,
        "largest": now.largest,
        "is_cut": is_cut(now),
        "divisions": [division.told(with_departments=not is_cut(now)) for division in now.divisions[:MOST_ROWS]],
        "more": max(0, len(now.divisions) - MOST_ROWS),
        "together": pool_told(now.together),
    }


def is_cut(now: Figures) -> bool:
    """Too many departments to be named on one page: it has the divisions, and their pages have the departments."""
    return now.departments > MOST_ROWS


def heat(now: Figures, months: list[Figures]) -> dict[str, Any]:
    """Coverage by unit and month: of departments, or of divisions where there are too many. In hundredths; None where
    nothing may be said."""
    by_division = is_cut(now)
    columns = [of.shares(by_division=by_division) for of in months]
    rows = [
        [name.name, name.slug, [column.get(name.slug, [None, ""]) for column in columns]]
        for name in now.names(by_division=by_division)[:MOST_ROWS]
    ]
    return {"months": [of.month.isoformat() for of in months], "rows": rows, "of_divisions": by_division}
