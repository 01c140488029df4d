"""The figures of the spread as CSV files: what the pages say, in columns. Read from what was told, as the pages are."""

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpResponse

from movement.actions.models import Kind
from movement.allies.names import FORMULA_SIGNS
from movement.personas import gap
from movement.spread import estimates, figures, milestones
from movement.spread.figures import UnitFigures

Rows = Iterable[Iterable[Any]]
#: Why a cell is empty.
HIDDEN = {
    "few": "fewer than 5",
    "small": "too small to be counted",
    "unknown": "no headcount",
    "most": "all but fewer than 5",
}


def answer(name: str, rows: Rows) -> HttpResponse:
    text = io.StringIO()
    csv.writer(text).writerows([[harmless(cell) for cell in row] for row in rows])
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def harmless(cell: Any) -> Any:
    """No spreadsheet takes it for a formula. Nothing is an empty cell."""
    if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS):
        return f"'{cell}"
    return "" if cell is None else cell


def coverage() -> Rows:
    """The whole tree of the last month."""
    yield ("division", "department", "people", "allies", "percent", "active", "note")
    told = figures.tree()
    if told is None:
        return
    for division in told["divisions"]:
        for one in division["departments"]:
            note = HIDDEN.get(one["kind"], "")
            said = (one["headcount"], one["allies"], one["percent"], one["active"], note)
            yield (division["name"], one["name"], *said)
        yield from _together(division["name"], division["together"])
    yield from _together("", told["together"])


def _together(division: str, pool: dict[str, Any] | None) -> Rows:
    if pool:
        note = "together 5 or more" if pool["is_five"] else "together fewer than 5"
        yield (division, f"{pool['units']} with fewer than 5", "", "", "", "", note)


def months() -> Rows:
    yield ("month", "departments with five or more", "allies in them")
    yield from ((f"{point.month:%Y-%m}", point.units, point.allies) for point in figures.growth())


def heat() -> Rows:
    """Coverage in hundredths."""
    told = _told(estimates.HEAT) or {"months": [], "rows": []}
    yield ("unit", *(month[: len("2026-11")] for month in told["months"]))
    for name, _slug, cells in told["rows"]:
        yield (name, *(HIDDEN.get(why, "") if percent is None else percent for percent, why in cells))


def ahead() -> Rows:
    yield ("month", "at least", "most likely", "at most")
    expected = estimates.read().ahead
    for one in expected.months if expected else ():
        yield (f"{one.month:%Y-%m}", one.low, one.middle, one.high)


def doing() -> Rows:
    yield ("week from", *Kind.values, "not said")
    for week, counts in (_told(estimates.DOING) or {"weeks": []})["weeks"]:
        yield (week, *counts)


def staying() -> Rows:
    yield ("joined", "people", "months since", "percent still active", "at least", "at most")
    for cohort in _told(estimates.STAYING) or ():
        joined = f"{cohort['year']} half {cohort['half']}"
        yield from ((joined, cohort["people"], *point) for point in cohort["curve"])


def ties() -> Rows:
    yield ("figure", "value")
    told = _told(estimates.TIES)
    if told is None:
        return
    for name in ("ties", "e_i", "assortativity", "units", "connected"):
        yield (name, told[name])
    yield from (("missing bridge", f"{one['server']} {_way(one)} {one['served']}") for one in told["missing"])


def _way(bridge: dict[str, Any]) -> str:
    return "and" if bridge["both"] else "serves"


def ideas() -> Rows:
    yield ("idea", "departments with five or more who tried it", "allies in them")
    yield from ((one["title"], one["departments"], one["allies"]) for one in _told(estimates.IDEAS) or ())


def carrying() -> Rows:
    yield ("allies for each ally", "at least", "at most", "weeks looked at", "weeks until the next", "counted plainly")
    found = estimates.read().carrying
    if found:
        yield tuple(found.told[name] for name in ("mean", "low", "high", "weeks", "generation", "each"))


def rogers() -> Rows:
    yield ("name", "percent by definition", "allies when it is full", "we are here")
    found = estimates.read().rogers
    for one in found.categories if found else ():
        yield (one.name, one.size, one.people, "yes" if one.is_here else "")


def reached() -> Rows:
    yield ("quarter", "milestone")
    yield from ((one.quarter, one.title) for one in milestones.from_told(_told(estimates.MILES) or []))


def believed() -> Rows:
    """Out of five, of all pairs together."""
    yield ("month", "pairs, about", "believed", "received")
    yield from ((f"{one.month:%Y-%m}", one.pairs, one.server, one.served) for one in gap.published())


def of_unit(of: list[UnitFigures]) -> Rows:
    yield ("month", "people", "allies", "percent", "active", "actions", "clubs", "meetings", "ties", "note")
    for one in of:
        done = (one.active.value, one.actions, one.clubs, one.meetings, one.ties)
        note = HIDDEN.get(one.allies.kind.value, "")
        yield (f"{one.month:%Y-%m}", one.headcount, one.allies.value, one.percent, *done, note)


def _told(name: str) -> Any:
    found = estimates.kept(name).get(name)
    return found and found.told


FILES: dict[str, Callable[[], Rows]] = {
    "coverage": coverage,
    "months": months,
    "heat": heat,
    "ahead": ahead,
    "doing": doing,
    "staying": staying,
    "ties": ties,
    "ideas": ideas,
    "carrying": carrying,
    "rogers": rogers,
    "milestones": reached,
    "gap": believed,
}
