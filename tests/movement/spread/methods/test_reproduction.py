"""How many one ally brings, after Cori et al. 2013."""

import numpy as np
import pytest
from scipy import stats

from movement.spread.methods.reproduction import Cohort, Generation, generation, pressure, reproduction

EVERY_WEEK = Generation(1.0, 0.0, 99, np.array([1.0]))


def test_a_generation_is_a_distribution_over_weeks_with_the_mean_that_was_seen() -> None:
    seen = [3, 4, 4, 5, 6, 6, 7, 8, 9, 12]
    found = generation(seen)
    assert (found.pairs, found.is_assumed) == (10, False)
    assert found.weights.sum() == pytest.approx(1.0)
    assert found.weights.min() >= 0
    assert found.weights @ np.arange(1, len(found.weights) + 1) == pytest.approx(np.mean(seen), rel=0.01)


def test_with_few_pairs_the_generation_is_assumed_and_says_so() -> None:
    assert (generation([3, 5]).mean, generation([3, 5]).is_assumed) == (7.0, True)


def test_pressure_is_those_who_joined_before_weighted_by_when() -> None:
    assert pressure(np.array([4, 0, 2]), np.array([0.5, 0.25])).tolist() == [0.0, 2.0, 1.0]


def test_the_posterior_is_coris() -> None:
    # Each week's joins press on the next: Λ = 10 + 12 + 9 in a window of three, 31 joins, 30 of them invited.
    found = reproduction([0, 12, 9, 9], [10, 0, 0, 1], EVERY_WEEK, window=3)
    assert found is not None
    expected = stats.gamma(1 + 30, scale=1 / (1 / 5 + 31))
    assert (found.joins, found.weeks) == (31, 3)
    assert (found.mean, found.low, found.high) == (
        pytest.approx(expected.mean()),
        pytest.approx(expected.ppf(0.025)),
        pytest.approx(expected.ppf(0.975)),
    )


def test_who_came_by_themselves_was_brought_by_nobody() -> None:
    invited = reproduction([6] * 10, [0] * 10, EVERY_WEEK)
    by_themselves = reproduction([0] * 10, [6] * 10, EVERY_WEEK)
    assert invited is not None
    assert by_themselves is not None
    assert invited.low < 1.1 < invited.high
    assert by_themselves.high < 0.1


@pytest.mark.parametrize(("joins", "told"), [([2], False), ([11], False), ([6, 6], True)])
def test_below_twelve_joins_it_is_too_early_to_say(joins: list[int], told: bool) -> None:
    assert (reproduction(joins, [0] * len(joins), EVERY_WEEK) is not None) is told


def test_two_kinds_of_joins_of_different_weeks_are_refused() -> None:
    with pytest.raises(ValueError, match="same weeks"):
        reproduction([1, 2], [1], EVERY_WEEK)


def test_the_plain_figure_needs_as_many() -> None:
    assert (Cohort(11, 9).each, Cohort(12, 9).each) == (None, 0.75)
