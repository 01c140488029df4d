"""How good it would be for two to have lunch together. Plain numbers; what is not shown of an ally counts for nothing,
so that nothing about them follows from whom they meet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

OTHER_DIVISION, OTHER_DEPARTMENT, UNKNOWN = 24, 16, 12
#: Nobody was found for them last time.
WAITED = 40
#: No hour is lunch time for both.
FAR = -12
NEAR_MINUTES = 120
#: Having met weighs more than anything else for a year, and half as much each half year.
REPEAT, HALF_LIFE_WEEKS, MEMORY_WEEKS = -200, 26, 52
#: Among equals chance decides, another way in each round.
CHANCE = 3

Pair = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Guest:
    """Somebody in a round. `department` and `division` are as shown; `offset` is minutes east of UTC that Monday."""

    number: int
    days: frozenset[int]
    zone: str
    offset: int = 0
    department: int | None = None
    division: int | None = None
    waited: bool = False


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of pairs, each with the lower number first."""

    apart: frozenset[Pair] = frozenset()
    met_weeks_ago: Mapping[Pair, int] = field(default_factory=dict)
    ties: Mapping[Pair, int] = field(default_factory=dict)


def pair_of(one: Guest, other: Guest) -> Pair:
    return (one.number, other.number) if one.number < other.number else (other.number, one.number)


def may_meet(one: Guest, other: Guest, known: Known) -> bool:
    """Not kept apart, and a day suits both."""
    return not one.days.isdisjoint(other.days) and pair_of(one, other) not in known.apart


def weight(one: Guest, other: Guest, known: Known, chance: Random) -> int:
    """For two who may meet; a whole number, as the matching wants it."""
    pair = pair_of(one, other)
    sum_of = distance(one, other) + known.ties.get(pair, 0) + chance.randrange(CHANCE)
    if one.waited or other.waited:
        sum_of += WAITED
    if abs(one.offset - other.offset) > NEAR_MINUTES:
        sum_of += FAR
    if (weeks := known.met_weeks_ago.get(pair)) is not None:
        sum_of += round(REPEAT * 0.5 ** (weeks / HALF_LIFE_WEEKS))
    return sum_of


def distance(one: Guest, other: Guest) -> int:
    if one.division is None or other.division is None:
        return UNKNOWN
    if one.division != other.division:
        return OTHER_DIVISION
    if one.department is None or other.department is None:
        return UNKNOWN
    return OTHER_DEPARTMENT if one.department != other.department else 0
