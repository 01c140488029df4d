"""Organisations made up for the attacker: a small tree, some months, allies who join, leave and move, units that grow,
open, close and change their division. And what the site publishes of them.
"""

import json
import random
from dataclasses import dataclass
from datetime import date
from typing import Any

from movement.allies.models import Unit
from movement.spread import safety
from movement.spread.figures import UnitName
from movement.spread.publishing import Row, edition, publish, published
from movement.spread.steadying import Then, steady
from tests.movement.spread.attacker import Counts, Knowledge

ALLIES, ACTIVE = "allies", "active"


@dataclass
class Organisation:
    """`there[month]` gives the division and the headcount of each unit of that month; `true` what nobody may know.

    `only_joins`: nobody ever left or moved, and the attacker assumes it.
    """

    units: list[Unit]
    months: list[date]
    there: list[dict[int, tuple[int | None, int]]]
    true: Counts
    only_joins: bool

    def rows(self, month: int, counts: Counts) -> list[Row]:
        return [
            Row(unit, division, self.months[month], headcount, counts[ALLIES, unit, month], counts[ACTIVE, unit, month],
                actions=7, clubs=3, meetings=2, ties=9)
            for unit, (division, headcount) in self.there[month].items()
        ]  # fmt: skip

    def publish(self, counts: Counts) -> str:
        """Every page and file of every month."""
        months = range(len(self.months))
        figures = [publish(self.months[month], self.rows(month, counts), self.units) for month in months]
        pages = [edition(figures[: month + 1], []) for month in months]
        of_units = [published(row, UnitName("", "")).told() for month in months for row in self.rows(month, counts)]
        return json.dumps([pages, of_units])


def made_up(seed: int) -> Organisation:
    chance = random.Random(seed)
    parents: dict[int, int | None] = {}
    for _division in range(chance.randint(1, 3)):
        division = len(parents) + 1
        parents[division] = None
        for _department in range(chance.choice((0, 1, 2, 3, 4, 6))):
            parents[len(parents) + 1] = division
    units = [Unit(pk=number, name=f"Unit {number}", slug=f"unit-{number}") for number in parents]
    months = [date(2026, 1 + number, 1) for number in range(chance.randint(2, 6))]
    leaves = [unit for unit in parents if unit not in parents.values()]
    headcount = {unit: chance.choice((0, chance.randint(1, 11), *(chance.randint(12, 60),) * 6)) for unit in leaves}
    only_joins = chance.random() < 0.5
    people = {unit: min(chance.choice((0, 0, 1, 2, 3, 4, 5, 8, 30)), headcount[unit]) for unit in leaves}
    there: list[dict[int, tuple[int | None, int]]] = []
    true: Counts = {}
    for month in range(len(months)):
        if month:
            _live_on(chance, people, headcount, parents, only_joins=only_joins)
        gone = {unit for unit in leaves if parents[unit] and chance.random() < 0.05}
        there.append({unit: (parents[unit], headcount[unit]) for unit in leaves if unit not in gone} or {
            unit: (parents[unit], headcount[unit]) for unit in leaves})  # fmt: skip
        for unit in there[-1]:
            true[ALLIES, unit, month] = people[unit]
            true[ACTIVE, unit, month] = chance.randint(0, people[unit])
    return Organisation(units, months, there, true, only_joins)


def steadied(counts: dict[date, int], headcounts: dict[date, int]) -> dict[date, int]:
    """What a department's counts are told from, month by month."""
    told: dict[date, Then] = {}
    for month, count in counts.items():
        told[month] = Then(count, *steady(month, count, headcounts[month], told))
    return {month: then.told for month, then in told.items()}


def _live_on(
    chance: random.Random,
    people: dict[int, int],
    headcount: dict[int, int],
    parents: dict[int, int | None],
    *,
    only_joins: bool,
) -> None:
    for unit in people:
        if chance.random() < 0.1 and headcount[unit] > 10:
            headcount[unit] += chance.randint(-2, 3)
        room = max(0, headcount[unit] - people[unit])
        people[unit] += min(room, chance.choice((0, 0, 0, 1, 1, 2, 5)))
        if only_joins:
            headcount[unit] = max(headcount[unit], people[unit])
            continue
        people[unit] -= min(people[unit], chance.choice((0, 0, 0, 1, 3)))
        people[unit] = min(people[unit], headcount[unit])
        other = chance.choice(list(people))
        if people[unit] and people[other] < headcount[other] and chance.random() < 0.2:
            people[unit], people[other] = people[unit] - 1, people[other] + 1
    divisions = [unit for unit, parent in parents.items() if parent is None and unit not in people]
    mover = chance.choice(list(people))
    if divisions and parents[mover] is not None and chance.random() < 0.2:
        parents[mover] = chance.choice(divisions)


def known(of: Organisation) -> Knowledge:
    """What the pages say, as constraints. Whoever knows the method knows which counts would be told like that."""
    all_that = Knowledge()
    for month in range(len(of.months)):
        for row in of.rows(month, of.true):
            told = published(row, UnitName("", "")).told()
            for what, key in ((ALLIES, ("kind", "allies", "percent")), (ACTIVE, ("active",))):
                fits = [
                    count
                    for count in range(row.headcount + 1 if row.headcount else 40)
                    if _same(row, what, count, told, key)
                ]
                all_that.limits[what, row.unit, month] = (min(fits), max(fits))
            all_that.add({(ACTIVE, row.unit, month): -1, (ALLIES, row.unit, month): 1}, 0, np_inf)
        figures = publish(of.months[month], of.rows(month, of.true), of.units)
        _add_pools(all_that, of, month, figures)
    if of.only_joins:
        for month in range(1, len(of.months)):
            for unit in of.there[month].keys() & of.there[month - 1].keys():
                all_that.add({(ALLIES, unit, month): 1, (ALLIES, unit, month - 1): -1}, 0, np_inf)
    return all_that


np_inf = float("inf")


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
