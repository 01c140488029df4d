"""The figures of a mailing, measured as `make bench ARGS="--mailing 50000"` prints them."""

import pytest

from tests.bench import kills, mailing


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_fifty_thousand_mails_are_prepared_within_a_minute_and_150_mib_more():
    found = mailing.measure(50_000)
    assert found["written"] == 50_000
    assert found["seconds"] < 60
    assert found["peak"] - found["before"] < 150
    assert found["due"] < 200


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_two_hundred_kills_over_ten_thousand_mails_lose_none():
    found = kills.measure(200)
    assert (found["mails"], found["kills"], found["lost"], found["unknown"]) == (10_000, 200, 0, 0)
    assert found["twice"] <= 200


@pytest.mark.timeout(900)
def test_ten_kills_over_five_hundred_mails_lose_none():
    found = kills.measure(10, mails=500)
    assert (found["mails"], found["kills"], found["lost"], found["unknown"]) == (500, 10, 0, 0)
    assert found["twice"] <= 10
