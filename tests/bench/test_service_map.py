"""The figures of the service map, measured as `make bench ARGS="--service-map 50000"` prints them."""

import pytest

from tests.bench import service_map


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_map_of_300_units_and_50_000_cards_is_prepared_and_shown_in_time():
    found = service_map.measure(50_000)
    assert (found["prepared"] < 20, found["links"] > 1_000) == (True, True), found
    assert {address: took for address, took in found["pages"].items() if took >= 100} == {}
