"""Counting by examples from the literature, and by what has to hold for any ballots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clubs.choosing.counting import METHODS, Duel, approval, borda, condorcet, profile_of, runoff, single
from tests.pace import seconds_of

M, N, C, K = 1, 2, 3, 4
#: Tennessee chooses its capital: the textbook example in which every method goes its own way.
TENNESSEE = [((M, N, C, K), 42), ((N, C, K, M), 26), ((C, K, N, M), 15), ((K, C, N, M), 17)]
#: Schulze's own example (2011, section 3): five options, 45 ballots, E wins though nobody wins every duel.
A, B, D, E = 1, 2, 4, 5
SCHULZE = [
    ((A, C, B, E, D), 5),
    ((A, D, E, C, B), 5),
    ((B, E, D, A, C), 8),
    ((C, A, B, E, D), 3),
    ((C, A, E, B, D), 7),
    ((C, B, A, D, E), 2),
    ((D, C, E, B, A), 7),
    ((E, B, A, D, C), 8),
]

options = st.permutations([1, 2, 3, 4])
ballots = st.lists(options.flatmap(lambda order: st.integers(0, 4).map(lambda n: tuple(order[:n]))), max_size=25)


def test_each_method_finds_the_capital_of_tennessee_in_its_own_way():
    found = {name: count(TENNESSEE, [M, N, C, K]).leaders for name, count in METHODS.items() if name != "approval"}
    assert found == {"single": (M,), "runoff": (K,), "borda": (N,), "condorcet": (N,)}
    assert borda(TENNESSEE, [M, N, C, K]).rounds[0].points == {M: 126, N: 194, C: 173, K: 107}


def test_the_runoff_is_told_round_by_round():
    rounds = [(dict(one.points), one.out) for one in runoff(TENNESSEE, [M, N, C, K]).rounds]
    assert rounds == [({M: 42, N: 26, C: 15, K: 17}, C), ({M: 42, N: 26, K: 32}, N), ({M: 42, K: 58}, None)]


def test_schulze_breaks_the_circle_of_his_own_example():
    assert condorcet(SCHULZE, [A, B, C, D, E]).leaders == (E,)
    assert condorcet(SCHULZE, [A, B, C, D, E]).duels[0] == Duel(A, B, 20, 25)


def test_approval_counts_each_tick_once():
    count = approval([((1, 2), 3), ((2, 3), 2), ((), 1)], [1, 2, 3])
    assert (count.leaders, count.rounds[0].points, count.rounds[0].spent) == ((2,), {1: 3, 2: 5, 3: 2}, 1)


def test_of_two_at_the_foot_the_one_leaves_that_was_behind_before_then_the_last_named():
    # Round 2 leaves 2 and 3 level at 3; before option 4 left, 3 was behind.
    before = [((1,), 4), ((2,), 3), ((3,), 2), ((4, 3), 1)]
    assert [one.out for one in runoff(before, [1, 2, 3, 4]).rounds] == [4, 3, None]
    assert [one.out for one in runoff([((1,), 3), ((2,), 2), ((3,), 2)], [3, 2, 1]).rounds] == [2, None]


def test_a_short_ballot_counts_in_points_as_if_the_rest_were_level():
    assert borda([((1,), 2)], [1, 2, 3]).rounds[0].points == {1: 4, 2: 1, 3: 1}


@pytest.mark.parametrize("name", METHODS)
def test_without_a_ballot_nobody_leads(name):
    assert METHODS[name](profile_of([(), ()]), [1, 2, 3]).leaders == ()


@pytest.mark.parametrize("name", METHODS)
@given(cast=ballots, shuffled=st.randoms())
def test_the_order_of_the_ballots_changes_nothing(name, cast, shuffled):
    again = list(cast)
    shuffled.shuffle(again)
    assert METHODS[name](profile_of(cast), [1, 2, 3, 4]) == METHODS[name](profile_of(again), [1, 2, 3, 4])


@pytest.mark.parametrize("name", METHODS)
@given(cast=ballots, names=options)
def test_no_option_is_favoured_for_its_number(name, cast, names):
    new = dict(zip([1, 2, 3, 4], names, strict=True))
    count = METHODS[name](profile_of(cast), [1, 2, 3, 4])
    other = METHODS[name](profile_of([tuple(new[one] for one in ballot) for ballot in cast]), names)
    assert sorted(new[one] for one in count.leaders) == sorted(other.leaders)


@given(cast=ballots)
def test_who_is_first_on_more_than_half_of_the_ballots_wins_by_every_ranked_count_but_points(cast):
    ranked = [ballot for ballot in cast if ballot]
    profile = [*profile_of(ranked), ((3, 1, 2, 4), len(ranked) + 1)]
    assert {count(profile, [1, 2, 3, 4]).leaders for count in (single, runoff, condorcet)} == {(3,)}


@pytest.mark.flaky(reruns=1)
def test_500_ranked_ballots_among_12_books_are_counted_in_less_than_100_ms():
    cast = [tuple((n * 7 + k * (1 + n % 11)) % 13 for k in range(12)) for n in range(500)]
    cast = [tuple(dict.fromkeys(one for one in ballot if one)) for ballot in cast]
    for name in ("runoff", "borda", "condorcet"):
        assert seconds_of(lambda count=METHODS[name]: count(profile_of(cast), list(range(1, 13)))) < 0.1, name
