"""What the pages say of an organisation, as constraints. Whoever knows the method knows which counts would be told like
that."""

from typing import Any

from movement.spread import safety
from movement.spread.figures import UnitName
from movement.spread.publishing import Row, publish, published
from movement.spread.second_ally.services import told_number
from movement.spread.steadying import SEVERAL
from tests.movement.spread.attacker import Knowledge
from tests.movement.spread.organisations import ACTIVE, ALLIES, TIES, TRIED, Organisation

#: The attacker's own unknowns: which of the three holds of a unit that says "fewer than five".
NONE, ONE_TWO, MORE = "none", "one or two", "three or four"
np_inf = float("inf")


def known(of: Organisation, *, steadily: bool = True) -> Knowledge:
    """`steadily`: as long as ranges are as wide as that."""
    all_that = Knowledge()
    for month in range(len(of.months)):
        for row in of.rows(month, of.true):
            _add_unit(all_that, of, row, month)
        figures = publish(of.months[month], of.rows(month, of.true), of.units)
        _add_pools(all_that, of, month, figures)
        _add_ties(all_that, of, month)
        _add_idea(all_that, of, month)
        _add_second(all_that, of, month)
    for month in range(1, len(of.months)):
        for unit in of.there[month].keys() & of.there[month - 1].keys():
            _add_changes(all_that, of, unit, month, several=min(SEVERAL.values()) if steadily else 1)
    return all_that


def _add_unit(all_that: Knowledge, of: Organisation, row: Row, month: int) -> None:
    told = published(row, UnitName("", "")).told()
    for what, key in ((ALLIES, ("kind", "allies", "percent")), (ACTIVE, ("active",))):
        counts = range(row.headcount + 1 if row.headcount else 40)
        fits = [count for count in counts if _same(row, what, count, told, key)]
        all_that.limits[what, row.unit, month] = (min(fits), max(fits))
    least, most = all_that.limits[ALLIES, row.unit, month]
    all_that.limits[ALLIES, row.unit, month] = (max(least, of.listed[row.unit]), most)
    all_that.add({(ACTIVE, row.unit, month): -1, (ALLIES, row.unit, month): 1}, 0, np_inf)


def _add_changes(all_that: Knowledge, of: Organisation, unit: int, month: int, *, several: int) -> None:
    """What was tried stays so. Of those told lower, three went at least; and nobody went where nobody does."""
    now, before = (ALLIES, unit, month), (ALLIES, unit, month - 1)
    all_that.add({(TRIED, unit, month): 1, (TRIED, unit, month - 1): -1}, 0, np_inf)
    if of.only_joins:
        all_that.add({now: 1, before: -1}, 0, np_inf)
    if all_that.limits[now][0] > all_that.limits[before][1]:
        all_that.add({now: 1, before: -1}, 1, np_inf)
    if all_that.limits[now][1] < all_that.limits[before][0]:
        all_that.add({now: 1, before: -1}, -np_inf, -several)


def _add_ties(all_that: Knowledge, of: Organisation, month: int) -> None:
    """No unit has more of them than its people have people to be tied to, where ties are counted."""
    for row in of.rows(month, of.true):
        told = published(row, UnitName("", "")).ties
        most = all_that.limits[ALLIES, row.unit, month][1]
        all_that.limits[TIES, row.unit, month] = (0, 10_000) if told is None else (max(0, told - 2), told + 2)
        others = {(ALLIES, other, month): most for other in of.elsewhere(row.unit, month, of.true)}
        all_that.add({(TIES, row.unit, month): -1} | others, 0, np_inf)


def _add_idea(all_that: Knowledge, of: Organisation, month: int) -> None:
    """More than is told: the range of each department, where the site tells the sum of those that have five."""
    for row in of.rows(month, of.true):
        cell = safety.cell(of.true[TRIED, row.unit, month], row.headcount)
        all_that.limits[TRIED, row.unit, month] = (cell.low, cell.high if row.headcount else 60)
        if of.only_joins:
            all_that.add({(TRIED, row.unit, month): -1, (ALLIES, row.unit, month): 1}, 0, np_inf)


def _add_second(all_that: Knowledge, of: Organisation, month: int) -> None:
    """In how many of those that hide there are one or two: each has none, one or two, or more."""
    could_be = of.could_be(month, of.true)
    for unit in could_be:
        allies = of.true[ALLIES, unit, month]
        kinds = none, one_two, more = [(kind, unit, month) for kind in (NONE, ONE_TWO, MORE)]
        for kind, is_it in zip(kinds, (allies == 0, 1 <= allies <= 2, allies >= 3), strict=True):
            all_that.limits[kind], of.true[kind] = (0, 1), int(is_it)
        all_that.add({none: 1, one_two: 1, more: 1}, 1, 1)
        all_that.add({(ALLIES, unit, month): 1, one_two: -1, more: -3}, 0, np_inf)
        all_that.add({(ALLIES, unit, month): 1, one_two: -2, more: -4}, -np_inf, 0)
    told = of.second(month, of.true)
    fits = [few for few in range(len(could_be) + 1) if told_number(few, len(could_be)) == told]
    if could_be:
        all_that.add({(ONE_TWO, unit, month): 1 for unit in could_be}, min(fits), max(fits))


def _same(row: Row, what: str, count: int, told: dict[str, Any], key: tuple[str, ...]) -> bool:
    other = published(row._replace(**{what: count}), UnitName("", "")).told()
    return all(other[name] == told[name] for name in key)


def _add_pools(all_that: Knowledge, of: Organisation, month: int, figures: Any) -> None:
    """Who is in which pool everybody can see: those of one division that hide, or else those left over."""
    hidden: dict[int, list[int]] = {}
    for row in of.rows(month, of.true):
        if safety.cell(row.allies, row.headcount).kind == safety.Kind.FEW:
            hidden.setdefault(row.division or row.unit, []).append(row.unit)
    number = {unit.slug: unit.pk for unit in of.units}
    for division in figures.divisions:
        if division.together:
            _add_pool(all_that, month, hidden.pop(number[division.unit.slug]), division.together)
    if figures.together:
        _add_pool(all_that, month, [unit for rest in hidden.values() for unit in rest], figures.together)


def _add_pool(all_that: Knowledge, month: int, members: list[int], told: safety.Pool) -> None:
    """Which sums would be told like that?"""
    most = sum(all_that.limits[ALLIES, unit, month][1] for unit in members)
    spread = (
        [whole // len(members) + (n < whole % len(members)) for n in range(len(members))] for whole in range(most + 1)
    )
    fits = [sum(counts) for counts in spread if safety.pool(counts) == told]
    assert told.units == len(members)
    all_that.add({(ALLIES, unit, month): 1 for unit in members}, min(fits), max(fits))
