"""Who sits with whom: a matching of greatest weight among those with a partner at all. For the worker only: the graph
library is not loaded in the web process.

Rule for large rounds: the work grows with the cube of the guests, so more than TABLEFUL of them are dealt like cards,
division by division and department by department, into rooms of at most that many. Each room so has everybody's
departments in their proportion; chance deals another way in each round. Whoever is left over in a room goes on to a
last one.
"""

from collections.abc import Sequence
from random import Random

import networkx

from movement.lunch.weighing import Guest, Known, may_meet, weight

TABLEFUL = 200
#: Of all who may meet somebody, the best are looked at; that is enough, and quicker.
BEST = 12

Table = list[Guest]


def tables(guests: Sequence[Guest], known: Known, *, seed: str) -> list[Table]:
    """Everybody once: at a table of two, or of three where numbers are odd; alone only who may meet nobody there."""
    chance = Random(seed)
    paired: list[Table] = []
    left: list[Guest] = []
    for room in _rooms(guests, chance):
        found, over = _pairs(room, known, chance, best=BEST)
        paired, left = paired + found, left + over
    found, left = _pairs(left, known, chance, best=len(left))
    paired += found
    return paired + [[guest] for guest in left if not _joins(guest, paired, known, chance)]


def _rooms(guests: Sequence[Guest], chance: Random) -> list[list[Guest]]:
    order = sorted(guests, key=lambda guest: guest.number)
    chance.shuffle(order)
    order.sort(key=lambda guest: (guest.division or 0, guest.department or 0))
    many = -(-len(order) // TABLEFUL)
    return [order[first::many] for first in range(many)]


def _pairs(room: Sequence[Guest], known: Known, chance: Random, *, best: int) -> tuple[list[Table], list[Guest]]:
    """As many pairs as possible, of the greatest weight; and those without one."""
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(room)))
    for place, guest in enumerate(room):
        others = [
            (weight(guest, other, known, chance), number)
            for number, other in enumerate(room)
            if number != place and may_meet(guest, other, known)
        ]
        chance.shuffle(others)
        others.sort(key=lambda other: -other[0])
        graph.add_edges_from((place, number, {"weight": value}) for value, number in others[:best])
    matched = networkx.max_weight_matching(graph, maxcardinality=True)
    seated = {place for edge in matched for place in edge}
    found = sorted(sorted(edge) for edge in matched)
    return [[room[one], room[other]] for one, other in found], [
        guest for place, guest in enumerate(room) if place not in seated
    ]


def _joins(guest: Guest, paired: list[Table], known: Known, chance: Random) -> bool:
    """The third at the table where that is best; never a fourth."""
    fitting = [table for table in paired if len(table) == 2 and _suits(table, guest, known)]
    if not fitting:
        return False
    max(fitting, key=lambda table: min(weight(guest, other, known, chance) for other in table)).append(guest)
    return True


def _suits(table: Table, guest: Guest, known: Known) -> bool:
    common = frozenset.intersection(guest.days, *(other.days for other in table))
    return bool(common) and all(may_meet(guest, other, known) for other in table)
