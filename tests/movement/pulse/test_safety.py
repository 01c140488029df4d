"""What is published of groups, under attack: no group of fewer than five follows from it, and nobody's own answer."""

import random
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import pytest

from movement.pulse.counting import mean_of
from movement.pulse.safety import (
    FEWEST,
    WHOLE,
    Tree,
    _differs,
    _is_off_the_ends,
    cells,
    may_be_compared,
    may_stand,
    nearest_five,
    shown,
)


def tally(*pairs: tuple[int, int]) -> Counter:
    return Counter(pairs)


def test_a_group_stands_with_five_who_differ():
    varied = [(4, 2), (3, 2), (5, 3), (4, 4), (2, 1)]
    assert may_stand(tally(*varied))
    assert not may_stand(tally(*[(5, 2)] * 6, (4, 1), (4, 3), (4, 4)))
    assert not may_stand(tally(*varied[:4]))
    assert not may_stand(tally(*[(4, 2)] * 9))
    assert not may_stand(tally(*[(4, 2)] * 9, (1, 5)))
    assert not may_stand(tally(*[(4, rating) for rating in (1, 2, 3, 4, 5)]))
    assert not may_stand(tally(*[(rating + 1, rating) for rating in (1, 2, 3, 4, 2)]))


def organisation(chance: random.Random) -> tuple[Tree, dict]:
    """Two to five divisions with up to six departments, and a few answers in each; some name no unit."""
    parents, number = {}, 0
    for _division in range(chance.randint(1, 5)):
        number += 1
        parents[number] = WHOLE
        for _department in range(chance.randint(0, 6)):
            number += 1
            parents[number] = number - _department - 1
    places = [*parents, WHOLE]
    own = {}
    for place in places:
        people = chance.choice([0, 0, 1, 2, 4, 5, 6, 9, 14])
        lowest = chance.choice([1, 3, 4])
        own[place] = Counter((chance.randint(lowest, 5), chance.randint(1, 5)) for _one in range(people))
    return Tree(parents), own


def rests(tree: Tree, published: list) -> list[set]:
    """All groups of places that follow by adding and subtracting: the parts into which the published ones cut."""
    cut: dict[frozenset, set] = {}
    for place in [*tree.parents, "nowhere"]:
        above = set() if place == "nowhere" else {place, *tree.above(place)}
        inside = frozenset(group for group in published if group is WHOLE or group in above)
        cut.setdefault(inside, set()).add(WHOLE if place == "nowhere" else place)
    return list(cut.values())


@pytest.mark.parametrize("seed", range(300))
def test_no_small_group_follows_from_the_published_ones(seed):
    tree, own = organisation(random.Random(seed))
    published = shown(tree, own)
    if not published:
        return
    everybody = sum((own[place] for place in own), Counter()).total()
    for place, said in published.items():
        assert may_stand(said)
        if place is not WHOLE:
            assert everybody - said.total() >= FEWEST
    for part in rests(tree, list(published)):
        said = sum((own.get(place, Counter()) for place in part), Counter())
        hidden_units = {place for place in part if place is not WHOLE and place not in published}
        assert may_stand(said) or (not said and not hidden_units), (part, said)


def test_something_is_published_all_the_same():
    """The rules would be safe, and useless, if they hid everything."""
    found = [shown(*organisation(random.Random(seed))) for seed in range(300)]
    assert sum(len(published) > 1 for published in found) > 60
    assert sum(len(published) > 0 for published in found) > 200


def test_a_department_is_hidden_so_that_its_neighbour_does_not_follow():
    """Three answered in the one, nine in the other: whoever knew the division and the other would know the one."""
    tree = Tree({1: WHOLE, 2: 1, 3: 1, 4: WHOLE})
    varied = Counter({(4, 2): 3, (3, 3): 3, (5, 1): 3})
    own = {2: varied, 3: Counter({(1, 5): 3}), 4: varied}
    assert set(shown(tree, own)) == {WHOLE, 1, 4}


@pytest.mark.parametrize(
    ("counts", "bars"),
    [
        ((5, 5, 5, 5, 5), [(1, 2, 10), (3, 3, 5), (4, 5, 10)]),
        ((1, 4, 8, 9, 20), [(1, 2, 5), (3, 3, 10), (4, 5, 30)]),
        ((1, 3, 8, 9, 20), []),
        ((5, 0, 5, 0, 12), []),
    ],
)
def test_bars_stand_for_five_people_and_more_or_there_are_none(counts, bars):
    assert cells(dict(enumerate(counts, start=1))) == bars


def compositions(many: int, ratings: int = 5) -> Iterator[tuple[int, ...]]:
    """In how many ways so many people can give these ratings."""
    if ratings == 1:
        yield (many,)
        return
    for first in range(many + 1):
        yield from ((first, *rest) for rest in compositions(many - first, ratings - 1))


@pytest.mark.parametrize("sizes", [range(5, 8), range(8, 13), range(13, 18), range(18, 23), range(23, 28)])
def test_no_small_count_of_a_rating_follows_from_mean_interval_and_bars(sizes):
    """All distributions of one end that give the very same published figures are listed: of a count between one and
    four, none is known."""
    by_figures: dict[str, list[tuple[int, ...]]] = {}
    for many in sizes:
        for counts in compositions(many):
            tally = Counter({rating: count for rating, count in enumerate(counts, start=1) if count})
            if _differs(tally) and _is_off_the_ends(tally):
                by_figures.setdefault(figures(tally), []).append(counts)
    given_away = [
        (told, rating)
        for told, found in by_figures.items()
        for rating in range(5)
        if 1 <= found[0][rating] < FEWEST and len({counts[rating] for counts in found}) == 1
    ]
    assert given_away == []


def figures(tally: Counter) -> str:
    return repr((nearest_five(tally.total()), mean_of(tally), cells(tally)))


@pytest.mark.parametrize(
    ("before", "now", "may"),
    [(12, 12, True), (12, 13, False), (12, 16, False), (12, 17, True), (40, 41, True), (39, 40, False)],
)
def test_two_pulses_stand_beside_each_other_only_where_no_few_people_lie_between(before, now, may):
    assert may_be_compared(before, now) is may
    assert may_be_compared(now, before) is may


@pytest.mark.parametrize("many", [6, 12, 30, 200])
def test_an_interval_holds_the_true_mean_at_least_95_times_in_a_hundred(many):
    """Of answers drawn from whatever distribution: lopsided, flat, in the middle."""
    chance = random.Random(11)
    for weights in ((1, 1, 2, 5, 6), (1, 1, 1, 1, 1), (1, 3, 6, 3, 1), (0, 1, 3, 8, 3)):
        truth = sum(rating * weight for rating, weight in enumerate(weights, start=1)) / sum(weights)
        told = [mean_of(Counter(chance.choices(range(1, 6), weights, k=many))) for _run in range(1000)]
        assert sum(one["low"] <= truth <= one["high"] for one in told) >= 950


def test_pairs_of_published_counts_never_differ_by_a_known_one():
    """To the nearest five: any two published numbers differ by nothing or by five and more."""
    published = {nearest_five(count) for count in range(5, 60)}
    assert {abs(one - other) % 5 for one, other in combinations(published, 2)} == {0}
