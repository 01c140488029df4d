"""Ties across units, and how long allies stay."""

from itertools import combinations

import pytest

from movement.spread.methods.staying import staying
from movement.spread.methods.ties import ties_across

UNIT_OF = {person: "east" if person < 6 else "west" for person in range(12)}
INSIDE = [*combinations(range(6), 2)]


def test_ties_all_inside_and_all_across_are_the_two_ends() -> None:
    inside = ties_across([*INSIDE, *combinations(range(6, 12), 2)], UNIT_OF)
    across = ties_across([(a, b) for a in range(6) for b in range(6, 12)], UNIT_OF)
    assert inside is not None
    assert across is not None
    assert (inside.e_i, inside.assortativity, inside.share_connected) == (-1.0, pytest.approx(1.0), 0.5)
    assert (across.e_i, across.assortativity, across.share_connected) == (1.0, pytest.approx(-1.0), 1.0)


def test_a_tie_counts_once_and_only_between_people_with_a_unit() -> None:
    found = ties_across(
        [*INSIDE, *((b, a) for a, b in INSIDE), (1, 1), (0, 99), *((a, a + 6) for a in range(6))], UNIT_OF
    )
    assert found is not None
    assert (found.internal, found.external) == (15, 6)
    assert found.e_i == pytest.approx((6 - 15) / 21)


def test_a_bridge_is_missing_between_units_that_serve_each_other_and_never_meet() -> None:
    serving = [("west", "east"), ("east", "west"), ("east", "east")]
    alone = ties_across([*INSIDE, *combinations(range(6, 10), 2)], UNIT_OF, serving=serving)
    assert alone is not None
    assert alone.missing == [("east", "west")]


def test_everybody_in_one_unit_has_no_assortativity_and_few_ties_say_nothing() -> None:
    everybody = dict.fromkeys(range(12), "east")
    together = ties_across(combinations(range(8), 2), everybody)
    assert together is not None
    assert together.assortativity is None
    assert ties_across(INSIDE, UNIT_OF) is None


def test_staying_is_kaplan_and_meiers() -> None:
    # Twenty people: four leave after 1, 2, 3 and 4 months, one is last heard of after 2.5; the rest are here after 6.
    times = [1, 2, 3, 4, 2.5] + [6.0] * 15
    found = staying(times, [True] * 4 + [False] * 16)
    assert found is not None
    after_three = (19 / 20) * (18 / 19) * (16 / 17)
    assert found.share_after(0.5) == 1.0
    assert found.share_after(2) == pytest.approx(18 / 20)
    assert found.share_after(3.5) == pytest.approx(after_three)
    assert found.share_after(6) == pytest.approx(after_three * 15 / 16)
    assert all(low <= share <= high for _at, share, low, high in found.curve)


def test_a_cohort_that_nobody_left_stays_at_one_and_a_small_one_is_not_drawn() -> None:
    whole = staying([3.0] * 20, [False] * 20)
    assert whole is not None
    assert whole.curve == [(0.0, 1.0, 1.0, 1.0), (3.0, 1.0, 1.0, 1.0)]
    assert staying([3.0] * 19, [True] * 19) is None
