"""What is published tells nothing about a hidden count, nor about how many discreet allies stand behind a shown one."""

from hypothesis import given
from hypothesis import strategies as st

from movement.spread import safety

COUNTS = st.lists(st.integers(0, 400), min_size=1, max_size=12)


def published(counts: list[int]) -> tuple[list[int | None], safety.Total]:
    cells = [safety.publish(count) for count in counts]
    return cells, safety.total(cells)


@given(COUNTS, st.data())
def test_every_hidden_count_could_be_any_from_nought_to_four(counts, data):
    """The attacker knows the method and everything published: each other choice of hidden counts gives the same."""
    other = [data.draw(st.integers(0, 4)) if count < 5 else count for count in counts]
    assert published(other) == published(counts)


@given(st.integers(5, 10_000))
def test_a_shown_count_is_within_two_of_the_truth_and_not_the_truth_alone(count):
    shown = safety.publish(count)
    assert abs(shown - count) <= 2
    assert len([possible for possible in range(5, 10_003) if safety.publish(possible) == shown]) >= 3


@given(st.integers(5, 500), st.data())
def test_listed_names_beside_a_shown_count_prove_no_discreet_ally(count, data):
    """Whoever counts the names listed cannot tell that somebody is there besides, unless five or more could be."""
    listed = data.draw(st.integers(max(0, count - 2), count))
    possible_totals = [
        total for total in range(max(5, listed), count + 5) if safety.publish(total) == safety.publish(count)
    ]
    discreet = {total - listed for total in possible_totals}
    assert len(discreet) > 1 or discreet == {0}


def test_coverage_is_never_more_than_everybody_and_never_of_nothing():
    assert [safety.coverage(10, 8), safety.coverage(10, 0), safety.coverage(None, 50), safety.coverage(10, 40)] == [
        1.0,
        None,
        None,
        0.25,
    ]


def test_the_smallest_counts():
    assert [safety.publish(count) for count in range(14)] == [None] * 5 + [5, 5, 5, 10, 10, 10, 10, 10, 15]
