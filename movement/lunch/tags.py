"""Ties that the profiles give: one can help with what the other wants to learn, or both name the same."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import combinations

from movement.allies.tags import AllyTag, Way
from movement.lunch.ties import Tie, register

#: A word that more share than this brings nobody together in particular.
MOST = 60


def teaching(allies: Collection[int]) -> Iterable[tuple[int, int]]:
    for by_way in _by_word(allies).values():
        for one in by_way[Way.HELP]:
            yield from ((min(one, other), max(one, other)) for other in by_way[Way.LEARN] if other != one)


def sharing(allies: Collection[int]) -> Iterable[tuple[int, int]]:
    for by_way in _by_word(allies).values():
        yield from combinations(sorted(by_way[Way.HELP]), 2)
        yield from combinations(sorted(by_way[Way.LEARN]), 2)


def _by_word(allies: Collection[int]) -> dict[str, dict[str, list[int]]]:
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for key, way, ally in AllyTag.objects.values_list("key", "way", "ally").iterator():
        if ally in allies and len(found[key][way]) < MOST:
            found[key][way].append(ally)
    return found


def register_ties() -> None:
    register(Tie(name="teaching", weight=8, find=teaching))
    register(Tie(name="sharing", weight=4, find=sharing))
