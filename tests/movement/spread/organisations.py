"""Organisations made up for the attacker: a small tree, some months, allies who join, leave and move, units that grow,
open, close and change their division. And what the site publishes of them, everywhere.

The counts that the attacker looks for are those from which is told (`spread.steadying`).
"""

import json
import random
from dataclasses import dataclass, field
from datetime import date

from movement.allies.models import Unit
from movement.spread import safety
from movement.spread.figures import UnitName
from movement.spread.idea_figures import reach
from movement.spread.publishing import ONE_OR_TWO, Row, edition, publish, published
from movement.spread.second_ally.services import told_number
from movement.spread.services import counted_ties
from movement.spread.steadying import Then, steady
from tests.movement.spread.attacker import Counts

#: Allies and active ones as told; ties that lead to other units; who tried one idea.
ALLIES, ACTIVE, TIES, TRIED = "allies", "active", "ties", "tried"
#: So many are open, in the departments that are counted (who is open in a team of one is known anyway). Were four of a
#: pool that says "fewer than five", everybody would know that nobody else of it is there (`safety` says so).
MOST_LISTED = 3


@dataclass
class Organisation:
    """`there[month]` gives the division and the headcount of each unit of that month; `true` what nobody may know.

    `only_joins`: nobody ever left or moved, and the attacker assumes it. `listed`: how many of a unit are open, and
    were from the first month on. `ties_to_all`: as it once was, to units as well of which nothing may be told.
    """

    units: list[Unit]
    months: list[date]
    there: list[dict[int, tuple[int | None, int]]]
    true: Counts
    only_joins: bool
    listed: dict[int, int] = field(default_factory=dict)
    ties_to_all: bool = False

    def rows(self, month: int, counts: Counts) -> list[Row]:
        return [
            Row(unit, division, self.months[month], headcount, counts[ALLIES, unit, month], counts[ACTIVE, unit, month],
                actions=7, clubs=3, meetings=2, ties=counts[TIES, unit, month])
            for unit, (division, headcount) in self.there[month].items()
        ]  # fmt: skip

    def publish(self, counts: Counts) -> str:
        """Every page and file of every month, for allies and for stewards."""
        months = range(len(self.months))
        figures = [publish(self.months[month], self.rows(month, counts), self.units) for month in months]
        pages = [edition(figures[: month + 1], []) for month in months]
        of_units = [published(row, UnitName("", "")).told() for month in months for row in self.rows(month, counts)]
        besides = [[*self.idea(month, counts), self.second(month, counts)] for month in months]
        return json.dumps([pages, of_units, besides])

    def idea(self, month: int, counts: Counts) -> list[int | None]:
        headcounts = {unit: headcount for unit, (_division, headcount) in self.there[month].items()}
        told = reach(self.months[month], {unit: counts[TRIED, unit, month] for unit in headcounts}, headcounts)
        return [told.allies, told.departments]

    def could_be(self, month: int, counts: Counts) -> list[int]:
        """Units that may be meant by the stewards' number of those with one or two allies."""
        few = [row.unit for row in self.rows(month, counts) if _is_few(row)]
        return [unit for unit in few if self.listed.get(unit, 0) <= max(ONE_OR_TWO)]

    def second(self, month: int, counts: Counts) -> int | None:
        could_be = self.could_be(month, counts)
        return told_number(sum(counts[ALLIES, unit, month] in ONE_OR_TWO for unit in could_be), len(could_be))

    def elsewhere(self, unit: int, month: int, counts: Counts) -> list[int]:
        """The other units to which ties are counted."""
        others = [row for row in self.rows(month, counts) if row.unit != unit]
        return [row.unit for row in others if self.ties_to_all or safety.cell(row.doers, row.headcount).is_shown]


def _is_few(row: Row) -> bool:
    return safety.cell(row.allies, row.headcount).kind == safety.Kind.FEW


def made_up(seed: int, *, ties_to_all: bool = False) -> Organisation:
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
            true[ALLIES, unit, month] = true[ACTIVE, unit, month] = people[unit]
            true[TIES, unit, month] = 0
    of = Organisation(units, months, there, true, only_joins, ties_to_all=ties_to_all)
    _tell_steadily(of)
    _do_things(of, chance, ties_to_all=ties_to_all)
    return of


def _tell_steadily(of: Organisation) -> None:
    for unit in {unit for units in of.there for unit in units}:
        months = {of.months[month]: month for month, units in enumerate(of.there) if unit in units}
        counts = {at: of.true[ALLIES, unit, month] for at, month in months.items()}
        headcounts = {at: of.there[month][unit][1] for at, month in months.items()}
        for at, told in steadied(counts, headcounts).items():
            # More than there are people are told as all of them are, after some have left.
            of.true[ALLIES, unit, months[at]] = min(told, headcounts[at])


def _counted(of: Organisation, unit: int, others: list[int], month: int, ties: int) -> int:
    """Spread over the others in any way."""
    cells = {one: safety.cell(of.true[ALLIES, one, month], of.there[month][one][1]) for one in [unit, *others]}
    here = cells.pop(unit)
    fewest = sum(cell.low for cell in cells.values())
    return counted_ties({others[0]: ties} if others else {}, here, cells, fewest)


def _do_things(of: Organisation, chance: random.Random, *, ties_to_all: bool) -> None:
    """Who is active, tied to others, open, and has tried the idea."""
    least: dict[int, int] = {}
    tried: dict[int, int] = {}
    for month, units in enumerate(of.there):
        for unit in units:
            allies = of.true[ALLIES, unit, month]
            least[unit] = min(least.get(unit, allies), allies)
            of.true[ACTIVE, unit, month] = chance.randint(0, allies)
            tried[unit] = max(tried.get(unit, 0), chance.choice((0, 0, allies // 2, allies)))
            of.true[TRIED, unit, month] = tried[unit]
        for unit in units:
            others = of.elsewhere(unit, month, of.true)
            most = of.true[ALLIES, unit, month] * sum(of.true[ALLIES, other, month] for other in others)
            ties = chance.choice((0, most, chance.randint(0, most)))
            of.true[TIES, unit, month] = ties if ties_to_all else _counted(of, unit, others, month, ties)
    for unit, count in least.items():
        is_counted = all(units.get(unit, (None, 12))[1] >= safety.SMALLEST for units in of.there)
        room = MOST_LISTED - sum(of.listed.values())
        of.listed[unit] = min(count, room, chance.choice((0, 0, 1, 3))) if is_counted else 0


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
