"""An attacker with every published figure of all pages and months recovers no count below five, and nobody's being an
ally or not. The same attacker succeeds against simpler ways of publishing, so these tests can fail.
"""

from collections import Counter

import pytest

from movement.spread import safety
from tests.movement.spread.attacker import Attack, Counts, Knowledge
from tests.movement.spread.knowledge import known
from tests.movement.spread.organisations import ACTIVE, ALLIES, TRIED, Organisation, made_up

FEW = 5
#: Counts of people; ties are none.
SECRET = (ALLIES, ACTIVE, TRIED)


def attack(of: Organisation, *, steadily: bool = True) -> tuple[list[tuple], list[tuple]]:
    """Counts below five that were recovered, and units of which everybody's or nobody's being an ally was."""
    attacker = Attack(known(of, steadily=steadily), of.true, of.publish)
    low = [cell for cell in of.true if cell[0] in SECRET and of.true[cell] < FEW and _headcount(of, cell)]
    every = [cell for cell in of.true if cell[0] == ALLIES and _headcount(of, cell)]
    found = attacker.values(sorted({*low, *every}))
    recovered = [cell for cell in low if len(found[cell]) == 1]
    unmasked = [cell for cell in every if found[cell] in ({0}, {_headcount(of, cell)})]
    return recovered, unmasked


def _headcount(of: Organisation, cell: tuple) -> int:
    """Without one, whoever works there is nobody's to know."""
    _what, unit, month = cell
    return of.there[month][unit][1]


def test_a_team_of_one_that_left_a_pool_is_not_known():
    """The attacker found it when small departments were told together: five with it, and fewer without."""
    assert attack(made_up(116)) == ([], [])


@pytest.mark.parametrize("start", [0, 20])
def test_forty_organisations_give_nobody_away(start):
    for seed in range(start, start + 20):
        assert attack(made_up(seed)) == ([], []), seed


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_thousand_organisations_give_nobody_away():
    given_away = {seed: found for seed in range(1_000) if (found := attack(made_up(seed))) != ([], [])}
    assert given_away == {}


def test_whatever_says_fewer_than_five_can_be_none_and_four():
    """With months apart, as long as the attacker does not assume that nobody leaves."""
    for seed in range(30):
        of = made_up(seed)
        of.only_joins, of.listed = False, dict.fromkeys(of.listed, 0)
        few = [
            cell for cell, count in of.true.items() if cell[0] == ALLIES and count < FEW and _headcount(of, cell) >= 12
        ]
        found = Attack(known(of), of.true, of.publish).values(few, ends=True)
        assert all({0, 4} <= values for values in found.values()), seed


def test_the_organisations_are_worth_attacking():
    """Hidden counts, pools of both sorts, shown ones and nearly whole departments are all there."""
    kinds: Counter[str] = Counter()
    for seed in range(40):
        of = made_up(seed)
        for month in range(len(of.months)):
            kinds.update(safety.cell(row.allies, row.headcount).kind.value for row in of.rows(month, of.true))
        kinds.update(["pools"] * of.publish(of.true).count("is_five"))
    assert all(kinds[kind] >= 10 for kind in ("few", "about", "most", "small", "unknown", "pools")), kinds


def exact_totals(of: Organisation, *, rounded: bool) -> tuple[Knowledge, object]:
    """As many sites do it: hide what is below five, and show exact sums of everything."""

    def shown(count: int) -> int | None:
        return None if count < FEW else (count + 2) // 5 * 5 if rounded else count

    def publish(counts: Counts) -> list:
        told: list = [shown(count) for cell, count in counts.items() if cell[0] == ALLIES]
        for month, units in enumerate(of.there):
            for division in {division for division, _headcount in units.values()}:
                told.append(sum(counts[cell] for cell in _of_division(of, division, month)))
        return told

    facts = Knowledge()
    for cell, count in of.true.items():
        fits = [other for other in range(100) if shown(other) == shown(count)]
        facts.limits[cell] = (min(fits), max(fits)) if cell[0] == ALLIES else (0, 100)
    for month, units in enumerate(of.there):
        for division in {division for division, _headcount in units.values()}:
            cells = _of_division(of, division, month)
            exact = sum(of.true[cell] for cell in cells)
            facts.add(dict.fromkeys(cells, 1), exact, exact)
    return facts, publish


def _of_division(of: Organisation, division: int | None, month: int) -> list[tuple]:
    return [(ALLIES, unit, month) for unit, (inside, _headcount) in of.there[month].items() if inside == division]


@pytest.mark.parametrize("rounded", [False, True])
def test_the_attacker_succeeds_where_sums_are_exact(rounded):
    recovered = 0
    for seed in range(20):
        of = made_up(seed)
        facts, publish = exact_totals(of, rounded=rounded)
        low = [cell for cell, count in of.true.items() if cell[0] == ALLIES and count < FEW]
        found = Attack(facts, of.true, publish).values(low)
        recovered += sum(len(values) == 1 for values in found.values())
    assert recovered >= 20


@pytest.mark.parametrize(
    ("rule", "value"),
    [("SMALLEST", 1), ("FEWEST", 1)],
)
def test_the_attacker_succeeds_once_a_rule_is_taken_away(monkeypatch, rule, value):
    monkeypatch.setattr(safety, rule, value)
    found = [attack(made_up(seed), steadily=False) for seed in range(40, 100)]
    assert sum(len(recovered) + len(unmasked) for recovered, unmasked in found) > 0


@pytest.mark.parametrize("seed", [36, 177])
def test_the_attacker_succeeds_where_ties_lead_to_departments_that_hide(seed):
    """As it once was. The first has a team of one, who was known; the second counts below five."""
    assert attack(made_up(seed, ties_to_all=True)) != ([], [])
    assert attack(made_up(seed)) == ([], [])


def test_active_ones_are_no_more_than_allies():
    assert all(
        count <= made_up(3).true[ALLIES, unit, month]
        for (what, unit, month), count in made_up(3).true.items()
        if what == ACTIVE
    )
