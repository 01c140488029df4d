"""Which groups of people may be shown a figure of, so that none of them points at a person.

For one question, everybody who answered it gave a pair of ratings. A *tally* counts how many gave which pair. A group
may stand if five people or more are in it and its answers do not give them away: were all alike, or all but one,
whoever belongs to it would know what the others said.

What is shown of several groups must hold for what follows from them too. Units lie inside one another, so all that can
be added and subtracted from the shown groups are their *rests*: a group without the shown groups inside it. Each rest
has to be a group that may stand by itself, or be empty with nothing hidden in it. Where one is not, the smallest of the
groups inside is hidden as well, and so on.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from movement import fives
from movement.fives import FEWEST
from movement.pulse.scale import HIGHEST, LOWEST

#: So many at least have to differ from what most of a group said.
DIFFERENT = 2
#: So many steps at least have to lie between what a group said and everybody at one end of the scale: so near to it a
#: mean would tell each answer.
STEPS = 4
#: Of fewer people (as published) than this there are no bars, and no width of an interval is taken from their answers.
MANY = 25
#: The bars. Which ratings stand together does not depend on how many gave them: that would tell of a small number.
CELLS = ((1, 2), (3, 3), (4, 5))
Pair = tuple[int, int]
Tally = Counter[Pair]
#: The whole organisation, and where those stand who name no unit.
WHOLE = None
Place = int | None


def nearest_five(count: int) -> int | None:
    """A count as it is published; None for fewer than five."""
    return fives.nearest_five(count) if count >= FEWEST else None


def may_stand(tally: Tally) -> bool:
    """Enough people, who do not all say the same: as who serves, as who is served, and in the gap between the two."""
    if tally.total() < FEWEST:
        return False
    halves = [counted(tally, lambda pair: pair[0]), counted(tally, lambda pair: pair[1])]
    gap = counted(tally, lambda pair: pair[0] - pair[1])
    return all(map(_differs, [*halves, gap])) and all(map(_is_off_the_ends, halves))


def counted(tally: Tally, look: Callable[[Pair], int]) -> Counter[int]:
    seen: Counter[int] = Counter()
    for pair, count in tally.items():
        seen[look(pair)] += count
    return seen


def _differs(seen: Counter[int]) -> bool:
    return seen.total() - max(seen.values()) >= DIFFERENT


def _is_off_the_ends(seen: Counter[int]) -> bool:
    from_below = sum((rating - LOWEST) * count for rating, count in seen.items())
    from_above = sum((HIGHEST - rating) * count for rating, count in seen.items())
    return min(from_below, from_above) >= STEPS


def is_many(people: int) -> bool:
    """Whether a group of so many may show its own spread."""
    return (nearest_five(people) or 0) >= MANY


class Tree:
    """The organisation: who lies in whom. `parents` has each unit's own, WHOLE for one that has none."""

    def __init__(self, parents: Mapping[int, Place]) -> None:
        self.parents = dict(parents)
        self.inside: dict[Place, set[int]] = {WHOLE: set(parents)}
        for unit in parents:
            self.inside.setdefault(unit, set())
            for above in self.above(unit):
                self.inside.setdefault(above, set()).add(unit)

    def above(self, unit: int) -> Iterator[int]:
        """From its own parent upwards, without the whole."""
        parent = self.parents[unit]
        while parent is not WHOLE:
            yield parent
            parent = self.parents[parent]

    def sums(self, own: Mapping[Place, Tally]) -> dict[Place, Tally]:
        """The tally of every group, from those of people who named exactly this place."""
        sums: dict[Place, Tally] = {place: Counter() for place in (WHOLE, *self.parents)}
        for place, tally in own.items():
            if place is not WHOLE and place in self.parents:
                for unit in (place, *self.above(place)):
                    sums[unit].update(tally)
            sums[WHOLE].update(tally)
        return sums


def shown(tree: Tree, own: Mapping[Place, Tally]) -> dict[Place, Tally]:
    """The groups that are published, with what they said; nothing at all where the whole cannot stand."""
    sums = tree.sums(own)
    if not may_stand(sums[WHOLE]):
        return {}
    everybody = sums[WHOLE].total()
    published = {unit for unit in tree.parents if may_stand(sums[unit]) and everybody - sums[unit].total() >= FEWEST}
    while (taken := _one_too_many(tree, sums, published)) is not None:
        published.discard(taken)
    return {place: sums[place] for place in (WHOLE, *sorted(published))}


def _one_too_many(tree: Tree, sums: Mapping[Place, Tally], published: set[int]) -> int | None:
    """The next group to hide; None when all that follows from the shown ones may stand."""
    for place in (WHOLE, *sorted(published)):
        within = tree.inside[place] & published
        top = outermost(tree, within)
        rest = Counter(sums[place])
        for unit in top:
            rest.subtract(sums[unit])
        rest = +rest
        hides = bool(tree.inside[place] - within - set().union(*(tree.inside[unit] for unit in top)))
        if top and not (may_stand(rest) or (not rest and not hides)):
            return min(top, key=lambda unit: (sums[unit].total(), unit))
    return None


def outermost(tree: Tree, units: Iterable[int]) -> set[int]:
    """Those that lie in no other of them."""
    among = set(units)
    return {unit for unit in among if not any(above in among for above in tree.above(unit))}


def cells(counts: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """How many gave which ratings: (from, to, people to the nearest five). Nothing of few people, nor where a bar would
    stand for fewer than five of them.

    Beside the mean no count below five follows from it: tests/movement/pulse/test_safety.py goes through all there are.
    """
    found = [(low, high, sum(counts.get(rating, 0) for rating in range(low, high + 1))) for low, high in CELLS]
    if not is_many(sum(counts.values())) or min(count for _low, _high, count in found) < FEWEST:
        return []
    return [(low, high, nearest_five(count) or 0) for low, high, count in found]


def may_be_compared(before: int, now: int) -> bool:
    """Whether two published groups of so many people may stand beside each other. Between them may lie one to four who
    came or went: then only where rounding to a tenth hides a whole answer (4 steps) in the sum of all of them."""
    return not 1 <= abs(before - now) < FEWEST or 0.05 * (before + now) >= 4
