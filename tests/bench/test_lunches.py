"""The figures of a round of lunches, measured as `make bench ARGS="--lunches 10000"` prints them."""

import pytest

from tests.bench import lunches


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("guests", "seconds"), [(400, 5), (10_000, 60)])
def test_a_round_is_drawn_in_time(guests, seconds):
    found = lunches.measure(guests)
    assert found["seconds"] < seconds
    assert (found["seats"], found["again"]) == (2 * guests, 0)
