"""The figures of the spread, measured as `make bench ARGS="--spread"` prints them."""

import pytest

from tests.bench import spread


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_large_organisation_is_built_in_time_and_shown_as_quickly_as_a_small_one():
    small, large = spread.measure_both(36)
    nightly, page = large["nightly"], large["pages"]["/spread/"]
    assert nightly["counting"] + nightly["methods and pictures"] < 600
    assert nightly["peak MB"] < 1024
    assert (nightly["again changes"], page["queries"] <= 12) == (False, True)
    assert spread.times_as_long(small, large) <= 1.2
