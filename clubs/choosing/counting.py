"""How ballots are counted: pure functions, which know neither clubs nor books.

A ballot is a tuple of options, the most wished for first (approval: all that are approved of; single vote: one); who is
not on it is wished for less than all that are, and equally. `profile` holds each different ballot with its number.
`options` are in the order in which a tie is broken where the count itself has to go on (the first of them stays in);
a tie at the end is left to the caller: `leaders` are then several.

The libraries at hand (PyRankVote, votelib) settle a tie by chance inside the count, or tell only who won; here the rule
was declared beforehand and every round is shown.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Ballot = tuple[int, ...]
Profile = Sequence[tuple[Ballot, int]]


@dataclass(frozen=True)
class Round:
    """`points` of each option still in; `out` left after it; `spent`: ballots with none of those still in."""

    points: Mapping[int, float]
    out: int | None = None
    spent: int = 0


@dataclass(frozen=True)
class Duel:
    """So many wish for `one` rather than for `other`."""

    one: int
    other: int
    ones: int
    others: int


@dataclass(frozen=True)
class Count:
    leaders: tuple[int, ...]
    rounds: tuple[Round, ...] = ()
    duels: tuple[Duel, ...] = field(default=())


def approval(profile: Profile, options: Sequence[int]) -> Count:
    """Whoever is approved of by most (Brams and Fishburn, "Approval Voting", APSR 72, 1978)."""
    points = {option: float(sum(n for ballot, n in profile if option in ballot)) for option in options}
    return Count(_highest(points), (Round(points, spent=_spent(profile, options)),))


def single(profile: Profile, options: Sequence[int]) -> Count:
    """One vote each; the most votes win (plurality)."""
    points = _firsts(profile, options)
    return Count(_highest(points), (Round(points, spent=_spent(profile, options)),))


def runoff(profile: Profile, options: Sequence[int]) -> Count:
    """Instant-runoff: until one has more than half of the ballots that still count, the last leaves and each of its
    ballots goes on to its next wish (W. R. Ware, 1871; Hare's quota for one seat).

    Of several at the foot the one leaves that was behind in the latest earlier round that tells them apart, then the
    one that `options` names last. Two that end with half each are both leaders.
    """
    rounds: list[Round] = []
    standing = list(options)
    while True:
        points, spent = _firsts(profile, standing), _spent(profile, standing)
        leaders = _highest(points)
        if not leaders or len(leaders) == len(standing) <= 2 or points[leaders[0]] * 2 > sum(points.values()):
            return Count(leaders, (*rounds, Round(points, spent=spent)))
        out = _last(standing, points, rounds)
        rounds.append(Round(points, out, spent))
        standing.remove(out)


def _last(standing: Sequence[int], points: Mapping[int, float], rounds: Sequence[Round]) -> int:
    behind = list(standing)
    for earlier in (points, *(one.points for one in reversed(rounds))):
        least = min(earlier[option] for option in behind)
        behind = [option for option in behind if earlier[option] == least]
    return behind[-1]


def borda(profile: Profile, options: Sequence[int]) -> Count:
    """A point for each option that stands below on a ballot, half a point for each that stands level (J.-C. de Borda,
    1781; short ballots by the averaging of Dummett, "Voting Procedures", 1984).
    """
    wished = _pairs(profile, options)
    points = {
        one: sum(wished[one, other] + _level(profile, one, other) / 2 for other in options if other != one)
        for one in options
    }
    return Count(_highest(points), (Round(points, spent=_spent(profile, options)),))


def condorcet(profile: Profile, options: Sequence[int]) -> Count:
    """Whoever wins every duel; if nobody does, by Schulze's strongest paths, winning votes (M. Schulze, "A new
    monotonic, … single-winner election method", Social Choice and Welfare 36, 2011). `points` are the duels won.
    """
    wished = _pairs(profile, options)
    won = {
        one: float(sum(wished[one, other] > wished[other, one] for other in options if other != one)) for one in options
    }
    path = {(a, b): n if n > wished[b, a] else 0 for (a, b), n in wished.items()}
    for via in options:
        for a in options:
            for b in options:
                if len({a, b, via}) == 3:
                    path[a, b] = max(path[a, b], min(path[a, via], path[via, b]))
    unbeaten = tuple(a for a in options if all(path[a, b] >= path[b, a] for b in options if b != a))
    if not profile:
        unbeaten = ()
    duels = tuple(
        Duel(one, other, wished[one, other], wished[other, one])
        for place, one in enumerate(options)
        for other in options[place + 1 :]
    )
    return Count(unbeaten, (Round(won, spent=_spent(profile, options)),), duels)


#: By the name under which a poll keeps its method.
METHODS: dict[str, Callable[[Profile, Sequence[int]], Count]] = {
    "approval": approval,
    "single": single,
    "runoff": runoff,
    "borda": borda,
    "condorcet": condorcet,
}


def profile_of(ballots: Iterable[Sequence[int]]) -> list[tuple[Ballot, int]]:
    """Each different ballot with its number, in an order that tells nothing of the order of voting. One that names
    nobody is none.
    """
    numbers: dict[Ballot, int] = {}
    for ballot in filter(None, ballots):
        numbers[tuple(ballot)] = numbers.get(tuple(ballot), 0) + 1
    return sorted(numbers.items())


def _firsts(profile: Profile, options: Sequence[int]) -> dict[int, float]:
    points = dict.fromkeys(options, 0.0)
    for ballot, n in profile:
        first = next((option for option in ballot if option in points), None)
        if first is not None:
            points[first] += n
    return points


def _spent(profile: Profile, options: Sequence[int]) -> int:
    return sum(n for ballot, n in profile if not any(option in options for option in ballot))


def _pairs(profile: Profile, options: Sequence[int]) -> dict[tuple[int, int], int]:
    """How many wish for the first of two rather than for the second."""
    wished = {(one, other): 0 for one in options for other in options if one != other}
    for ballot, n in profile:
        ranked = [option for option in ballot if option in options]
        unranked = [option for option in options if option not in ranked]
        for place, one in enumerate(ranked):
            for other in (*ranked[place + 1 :], *unranked):
                wished[one, other] += n
    return wished


def _level(profile: Profile, one: int, other: int) -> int:
    return sum(n for ballot, n in profile if one not in ballot and other not in ballot)


def _highest(points: Mapping[int, float]) -> tuple[int, ...]:
    """All with the most points; nobody where there are none."""
    most = max(points.values(), default=0)
    return tuple(option for option, n in points.items() if n == most) if most else ()
