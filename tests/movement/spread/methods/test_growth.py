"""The pooled Bass model and its forecast, against what is known by hand or by construction."""

import numpy as np
import pytest

from movement.spread.methods.bass import Bass, History, fit, replay
from movement.spread.methods.forecast import Range, WhatIf, begun, compare, first_month, forecast, lever

TRUE = Bass(p=0.004, q=0.12)


def history(joins: list[list[int]], ceiling: int | list[list[int]], before: list[int] | None = None) -> History:
    counts = np.array(joins, dtype=np.int64)
    return History(
        joins=counts,
        before=np.array(before or [0] * len(joins), dtype=np.int64),
        ceiling=np.broadcast_to(np.array(ceiling, dtype=np.int64), counts.shape).copy(),
    )


def as_it_might_go(units: int, months: int, seed: int, people: int = 60) -> History:
    nothing = history([[0] * months] * units, people)
    return replay(TRUE, nothing, np.random.default_rng(seed))


def test_nobody_joined_means_no_rate() -> None:
    assert fit(history([[0, 0, 0]], 40)) == Bass(0.0, 0.0)


def test_without_anybody_there_before_the_rate_is_joins_by_those_who_could() -> None:
    found = fit(history([[3]], 60))
    assert found.p == pytest.approx(3 / 60, rel=1e-4)


def test_two_units_that_differ_in_who_was_there_give_both_coefficients_exactly() -> None:
    # h = p where nobody was there: 2/100. h = p + q/2 where half were: 10/100.
    found = fit(history([[2], [10]], [[100], [200]], before=[0, 100]))
    assert (found.p, found.q) == (pytest.approx(0.02, rel=1e-3), pytest.approx(0.16, rel=1e-3))


def test_imitation_is_never_below_nothing() -> None:
    # More join where nobody was than where many were: the best q at or above zero is zero.
    found = fit(history([[20], [2]], [[100], [200]], before=[0, 100]))
    assert found.q == pytest.approx(0.0, abs=1e-6)
    assert found.p == pytest.approx(22 / 200, rel=1e-3)


def test_much_data_brings_the_estimate_to_the_truth() -> None:
    found = fit(as_it_might_go(units=400, months=30, seed=3))
    assert (found.p, found.q) == (pytest.approx(TRUE.p, rel=0.1), pytest.approx(TRUE.q, rel=0.1))


def test_more_allies_than_headcount_raise_the_ceiling_instead_of_throwing_anybody_out() -> None:
    crowded = history([[8, 4]], 5)
    assert crowded.ceiling.tolist() == [[8, 12]]
    assert fit(crowded).p <= 1


@pytest.mark.parametrize(("joins", "told"), [([[5, 6]], False), ([[6, 6]], True)])
def test_below_twelve_joins_nothing_is_foretold(joins: list[list[int]], told: bool) -> None:
    assert (forecast(history(joins, 50), headcount=60, draws=5) is not None) is told


def test_the_band_starts_from_where_the_movement_stands_and_never_passes_the_ceiling() -> None:
    past = as_it_might_go(units=12, months=24, seed=5)
    found = forecast(past, headcount=12 * 75, draws=40)
    assert found is not None
    assert found.band[0][0] >= past.now.sum()
    assert all(low <= middle <= high <= 12 * 60 for low, middle, high in found.band)
    assert [low for low, _middle, _high in found.band] == sorted(low for low, _middle, _high in found.band)
    assert found.p.low <= found.model.p <= found.p.high
    assert forecast(past, headcount=12 * 75, draws=40) == found, "the same figures give the same band"


def test_a_band_that_is_twice_as_high_as_low_a_year_ahead_is_too_early_to_tell() -> None:
    few = forecast(history([[1, 0, 2, 1, 0, 3, 2, 3]], 2_000), headcount=2_500, draws=60)
    many = forecast(as_it_might_go(units=40, months=36, seed=2), headcount=3_000, draws=30)
    assert few is not None
    assert many is not None
    assert (few.is_too_early, many.is_too_early) == (True, False)


def test_a_mark_is_told_as_a_range_of_months() -> None:
    paths = np.array([[10, 20, 30], [10, 15, 20], [5, 6, 7]])
    assert first_month(paths, 10, now=2) == Range(1.0, None)
    assert first_month(paths[:2], 20, now=2) == Range(2.0, 3.0)
    assert first_month(paths, 100, now=2) == Range(None, None)
    assert first_month(paths, 2, now=2) == Range(0.0, 0.0)


def test_inviting_more_and_beginning_more_departments_never_makes_fewer() -> None:
    past = as_it_might_go(units=8, months=18, seed=11)
    found = forecast(past, headcount=8 * 75, draws=40)
    assert found is not None
    wish = WhatIf(invited_a_month=10, accepted=0.5, new_units=1)
    without, with_it = compare(found.draws, past, wish, waiting=[50, 30])
    assert without.shape == with_it.shape == (40, 12)
    assert (np.median(with_it, axis=0) > np.median(without, axis=0)).all()
    assert np.array_equal(without, compare(found.draws, past, WhatIf(), waiting=[50])[1]), "nothing wished, same chance"


def test_the_largest_departments_begin_first_each_with_five_and_none_that_five_would_fill() -> None:
    past = history([[3, 4]], 60)
    joined, ceiling = begun(past, WhatIf(new_units=2), [5, 20, 8, 70])
    assert (joined.tolist(), ceiling.tolist()) == ([7, 5, 5], [60, 70, 20])
    assert begun(past, WhatIf(new_units=9), [5, 8])[1].tolist() == [60, 8]


def test_the_lever_is_what_a_beginning_brings_beyond_its_founders_and_beyond_what_would_come_anyway() -> None:
    # By hand, one month ahead: with five of fifty, 45 (p + q/10) join; without, 50 p.
    found = lever([Bass(p=0.01, q=0.2)] * 3, [50, 20], months=1)
    expected = 45 * (0.01 + 0.2 * 0.1) - 50 * 0.01
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(expected), pytest.approx(expected))
    assert lever([TRUE], [4, 5]) is None
