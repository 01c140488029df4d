"""Which figures may be told, so that none of them points at a person (design rule 6).

Every count of people of a unit becomes a `Cell`: a *range* of counts, chosen by the headcount (which anybody may know)
and the count. Nothing else about the count is ever told; all that is shown besides is worked out from cells.

- Fewer than five is one range, 0 to 4, and so is all but fewer than five: whoever knows that everybody in a department
  is an ally knows it of each. Between these the ranges are the counts that lie nearest to the same five, at least three
  of them each.
- A department of fewer than twelve people has no room for that, and one without a headcount might be one: they are not
  counted alone.
- Three or more departments of one division that hide (0 to 4 each) are told together, and only whether they have five
  or more. What is left over joins one pool of the whole organisation. No department is in two pools, and which pool it
  is in depends only on which are hidden. Those not counted alone are in none: a team of one that leaves a pool of small
  ones between two months would be known (the attacker found that).

So the published figures of a month say: each count lies in its range, and the counts of a pool add up to less than five
or not; no count stands in two sums, hence this is all. Whatever says "fewer than five" can still be 0 and still be 4,
whatever the others are. So nobody's being an ally follows, nor their not being one. Months are apart as well: no figure
is published of who came, left or moved between them, and a count is told lower only where several left (`steadying`).
Whoever assumes that nobody ever leaves learns at most that somebody is in a department that left a pool, and never how
many. `tests/movement/spread/attacker.py` plays them; docs/small-numbers.md says what is kept, and what is not.

What no rule of ours can hide: whoever is open is listed by name. Where four are listed and the department says "fewer
than five" (or its pool does), nobody else is there; the four chose to be seen, and nobody who did not is told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from movement.fives import FEWEST, STEP, nearest_five

#: Where fewer people work, no count is told: five who are, five who are not, and room for doubt between.
SMALLEST = 12
#: So many units are told together, or none.
FEWEST_TOGETHER = 3
#: No range between the ends is narrower.
NARROWEST = 3


class Kind(Enum):
    """FEW: 0 to 4. ABOUT: near `value`. MOST: all but fewer than five. SMALL, UNKNOWN: not counted alone, since too
    few work there or nobody has said how many."""

    FEW = "few"
    ABOUT = "about"
    MOST = "most"
    SMALL = "small"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Cell:
    """What is told of one count: that it lies between `low` and `high`. `value` stands for it in sums; None where
    nothing may be said."""

    kind: Kind
    low: int
    high: int
    value: int | None

    @property
    def is_shown(self) -> bool:
        return self.value is not None

    @property
    def is_countable(self) -> bool:
        """Whether a count could ever be told of this unit."""
        return self.kind not in (Kind.SMALL, Kind.UNKNOWN)


def cell(count: int, headcount: int) -> Cell:
    """The range that may be told. More allies than headcount are nearly everybody: the headcount is old."""
    if headcount <= 0:
        return Cell(Kind.UNKNOWN, 0, count, None)
    if headcount < SMALLEST:
        return Cell(Kind.SMALL, 0, headcount, None)
    most = headcount - FEWEST + 1
    if count < FEWEST:
        return Cell(Kind.FEW, 0, FEWEST - 1, None)
    if count >= most:
        return Cell(Kind.MOST, most, headcount, headcount - FEWEST // 2)
    low = _floor(count)
    if low > FEWEST and most - low < NARROWEST:
        low = max(FEWEST, low - STEP)
    following = _floor(low + STEP)
    high = most - 1 if most - following < NARROWEST else following - 1
    return Cell(Kind.ABOUT, low, high, nearest_five(low))


def _floor(count: int) -> int:
    """The least count that lies nearest to the same five: 5, 8, 13, 18 …"""
    return max(FEWEST, nearest_five(count) - STEP // 2)


@dataclass(frozen=True)
class Pool:
    """Units told together: whether their counts add up to five or more."""

    units: int
    is_five: bool


def pool(counts: Sequence[int]) -> Pool | None:
    """Units of which each says "fewer than five"; None for fewer than three of them."""
    return Pool(len(counts), sum(counts) >= FEWEST) if len(counts) >= FEWEST_TOGETHER else None


@dataclass(frozen=True)
class Total:
    """A sum of what is shown. `is_partial` says that something beside it is hidden."""

    shown: int
    is_partial: bool


def total(cells: Iterable[Cell]) -> Total:
    told = [one.value for one in cells]
    return Total(shown=sum(value or 0 for value in told), is_partial=None in told)


def coverage(value: int | None, headcount: int) -> float | None:
    """Allies ÷ headcount, between 0 and 1; None where either is not to be had. Never more than everybody."""
    if value is None or headcount <= 0:
        return None
    return min(1.0, value / headcount)


def amount(count: int, doers: Cell) -> int | None:
    """A number of things (actions, clubs, ties): to the nearest five, and only where those who did them are five or
    more, so that it tells of nobody's being there. None: nothing is said."""
    return nearest_five(count) if doers.is_shown else None
