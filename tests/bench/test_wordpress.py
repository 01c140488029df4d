"""The figure of the import, measured as `make bench ARGS="--wordpress 2000"` prints it."""

import pytest

from tests.bench import wordpress


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_two_thousand_posts_with_ten_thousand_comments_take_under_five_minutes_and_flat_memory():
    few, many = wordpress.measure(500), wordpress.measure(2_000)
    assert (many["articles"], many["comments"]) == (2_000, 10_000)
    assert many["seconds"] < 300
    assert many["peak"] - few["peak"] < 60  # MiB: the lists of numbers grow, the texts do not
