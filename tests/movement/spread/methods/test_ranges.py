"""p and q from ranges alone: the likelihood is the sum over all that could have been, and the truth is found."""

from itertools import product

import numpy as np
import pytest
from scipy import stats

from movement.spread import safety
from movement.spread.methods.bass import Bass, fit
from movement.spread.methods.forecast import Range, interval
from movement.spread.methods.ranges import Likelihood, Ranges, likely
from tests.movement.spread.methods.test_growth import as_it_might_go

MODEL = Bass(p=0.03, q=0.2)


def ranges(low: list[list[int]], high: list[list[int]], ceiling: int) -> Ranges:
    ends = np.array(low), np.array(high)
    return Ranges(low=ends[0], high=ends[1], ceiling=np.full(ends[0].shape, ceiling))


def path(counts: tuple[int, ...], ceiling: int) -> float:
    """The probability of these counts, month by month."""
    before, found = 0, 1.0
    for now in counts:
        found *= stats.binom.pmf(now - before, ceiling - before, MODEL.p + MODEL.q * before / ceiling)
        before = now
    return found


def test_it_is_the_sum_over_all_paths_within_the_ranges():
    told = ranges([[0, 0, 5], [0, 2, 2]], [[4, 4, 7], [1, 3, 4]], 20)
    expected = 1.0
    for low, high in zip(told.low.tolist(), told.high.tolist(), strict=True):
        months = (range(least, most + 1) for least, most in zip(low, high, strict=True))
        expected *= sum(path(counts, 20) for counts in product(*months) if list(counts) == sorted(counts))
    assert Likelihood(told)(MODEL) == pytest.approx(np.log(expected))


def test_of_exact_counts_it_has_the_same_best_as_the_model_of_counts():
    past = as_it_might_go(units=12, months=24, seed=5)
    found = likely(Ranges(low=past.joined, high=past.joined, ceiling=past.ceiling), draws=10)
    exact = fit(past)
    assert found is not None
    assert (found[0].p, found[0].q) == (pytest.approx(exact.p, rel=0.01), pytest.approx(exact.q, rel=0.01))


def test_units_that_hide_to_the_end_count_as_much():
    """Left out, p would be a good deal too high."""
    one, hiding = [[0, 5, 8]], [[0, 0, 0]] * 9
    highs, fours = [[4, 7, 12]], [[4, 4, 4]] * 9
    alone = likely(ranges(one, highs, 50), draws=10)
    together = likely(ranges(one + hiding, highs + fours, 50), draws=10)
    assert alone is not None
    assert together is not None
    assert together[0].p < alone[0].p / 2


def test_a_lower_range_later_takes_nobody_away():
    told = ranges([[5, 0, 8]], [[7, 4, 12]], 20)
    assert (told.low.tolist(), told.high.tolist()) == ([[5, 5, 8]], [[7, 7, 12]])


def test_more_than_the_ceiling_is_no_crash():
    found = likely(ranges([[20, 30, 41]], [[24, 34, 45]], 10), draws=10)
    assert found is not None
    assert all(np.isfinite([model.p, model.q]).all() for model in found[1])


def test_where_nobody_is_sure_to_have_joined_nothing_is_said():
    assert likely(ranges([[0, 0]], [[4, 4]], 40), draws=10) is None


def told_of(joined: np.ndarray, headcounts: np.ndarray, ceiling: np.ndarray) -> Ranges:
    """As the site tells it."""
    cells = [
        [safety.cell(int(count), int(people)) for count in counts]
        for counts, people in zip(joined, headcounts, strict=True)
    ]
    low, high = (np.array([[getattr(one, end) for one in row] for row in cells]) for end in ("low", "high"))
    return Ranges(low=low, high=high, ceiling=ceiling)


def test_the_truth_lies_in_the_intervals_of_a_large_one():
    past = as_it_might_go(units=40, months=30, seed=4)
    found = likely(told_of(past.joined, past.ceiling[:, -1], past.ceiling), draws=200)
    assert found is not None
    by_name: dict[str, Range] = {name: interval([getattr(one, name) for one in found[1]]) for name in ("p", "q")}
    truth = {"p": 0.004, "q": 0.12}
    assert {name: one.low < truth[name] < one.high for name, one in by_name.items()} == {"p": True, "q": True}
