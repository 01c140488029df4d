"""The wall of small actions, measured as `make bench ARGS="--wall 1000000"` prints it."""

import pytest

from tests.bench import wall


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_wall_is_as_quick_with_a_million_actions_as_with_a_thousand():
    few, many = wall.measure(wall.FEW), wall.measure(1_000_000)
    pages = [name for name in many if name != "noting one"]
    # Some hundreds that two filters leave may be sorted: PostgreSQL finds them by both indexes.
    assert [name for name in pages if many[name]["plan"] != "index" and many[name]["of"] > 1_000] == []
    assert [name for name in pages if many[name]["queries"] > 10] == []
    assert many["noting one"]["queries"] <= 12
    slower = {name: (few[name]["median"], many[name]["median"]) for name in pages}
    assert {name: both for name, both in slower.items() if both[1] > 2 * both[0] + 10} == {}
