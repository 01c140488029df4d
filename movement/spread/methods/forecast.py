"""Where growth leads, as a band: a parametric bootstrap of the pooled Bass model, carried on into the months ahead.

Each draw replays the past under the fitted model, fits again, and goes on from where the movement really stands: so a
band holds both what the past does not tell about p and q, and the chance of the months to come. Where only ranges are
told of the past, as on the site, p and q come with their draws from `ranges` instead.
Source: B. Efron, R. Tibshirani, "An introduction to the bootstrap" (1993), chapters 6 and 13 (percentile intervals).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from movement.spread.methods.bass import Bass, Counts, History, fit, replay, shares

DRAWS = 400
#: Months ahead that are drawn; and how far at most a date is looked for.
AHEAD = 24
FARTHEST = 120
#: The band is told once its upper end, a year ahead, is less than this many times its lower end.
WIDEST = 2.0
YEAR = 12
INTERVAL = (2.5, 97.5)
#: Fewer joins than this say nothing about two coefficients.
FEWEST_JOINS = 12


@dataclass(frozen=True)
class Range:
    """A 95 % interval. `low` and `high` are None where that end lies beyond what was looked at."""

    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """What is done from next month on: people brought by invitation each month, and departments begun at once."""

    invited_a_month: int = 0
    accepted: float = 0.0
    new_units: int = 0
    #: Allies that a department begins with: those five who could have lunch together.
    founders: int = 5


@dataclass(frozen=True)
class Forecast:
    """`band[k]` is (low, middle, high) of all allies k + 1 months ahead. `reached` maps a share to months from now."""

    model: Bass
    p: Range
    q: Range
    band: list[tuple[float, float, float]]
    reached: dict[float, Range]
    draws: list[Bass] = field(repr=False)

    @property
    def is_too_early(self) -> bool:
        """Whether the band is too wide to be told: its ends a year ahead differ by a factor of two or more."""
        low, _middle, high = self.band[min(YEAR, len(self.band)) - 1]
        return is_wide(low, high)


def is_wide(low: float, high: float) -> bool:
    return low <= 0 or high / low >= WIDEST


def forecast(
    history: History,
    *,
    headcount: int,
    marks: Sequence[float] = (0.25, 0.50),
    draws: int = DRAWS,
    seed: int = 0,
    known: tuple[Bass, list[Bass]] | None = None,
) -> Forecast | None:
    """None for "too early to say": fewer than twelve joins. `marks` are shares of `headcount`. `known` are p and q with
    draws of both, where they are not to be fitted to this history."""
    if history.joins.sum() < FEWEST_JOINS:
        return None
    random = np.random.default_rng(seed)
    model, models = known or bootstrap(history, draws, random)
    paths = np.stack([onward(one, history, random, months=FARTHEST) for one in models])
    low, middle, high = np.percentile(paths[:, :AHEAD], (INTERVAL[0], 50, INTERVAL[1]), axis=0)
    return Forecast(
        model=model,
        p=interval([one.p for one in models]),
        q=interval([one.q for one in models]),
        band=[(float(a), float(b), float(c)) for a, b, c in zip(low, middle, high, strict=True)],
        reached={mark: first_month(paths, headcount * mark, now=int(history.now.sum())) for mark in marks},
        draws=models,
    )


def bootstrap(history: History, draws: int, random: np.random.Generator) -> tuple[Bass, list[Bass]]:
    """The fitted model, and as many fitted to what it might have brought instead."""
    model = fit(history)
    return model, [fit(replay(model, history, random)) for _draw in range(draws)]


def interval(values: Sequence[float]) -> Range:
    low, high = np.percentile(values, INTERVAL)
    return Range(float(low), float(high))


def onward(
    model: Bass,
    history: History,
    random: np.random.Generator,
    *,
    months: int,
    what_if: WhatIf | None = None,
    waiting: Sequence[int] = (),
) -> NDArray[np.int64]:
    """One way it may go: all allies at the end of each of the next `months`, in the units of the history and in those
    that are begun. `waiting` has the ceilings of the units that could begin.
    """
    wish = what_if or WhatIf()
    joined, ceiling = begun(history, wish, waiting)
    totals = np.empty(months, dtype=np.int64)
    for month in range(months):
        left = np.maximum(ceiling - joined, 0)
        joined = joined + random.binomial(left, model.hazard(shares(joined, ceiling)))
        joined = brought(joined, ceiling, int(random.binomial(wish.invited_a_month, wish.accepted)), random)
        totals[month] = joined.sum()
    return totals


def begun(history: History, wish: WhatIf, waiting: Sequence[int]) -> tuple[Counts, Counts]:
    """Where the months ahead start, joined and ceiling by unit: the history's units, and behind them the largest of
    those waiting, each with its founders. What is in a unit that waits already is not known, and taken for nothing."""
    new = np.array(able(waiting, wish.founders)[: wish.new_units], dtype=np.int64)
    founders = np.full(len(new), wish.founders, dtype=np.int64)
    return np.concatenate([history.now, founders]), np.concatenate([history.ceiling[:, -1], new])


def able(waiting: Sequence[int], founders: int) -> list[int]:
    """Ceilings of the units in which so many could begin and somebody would be left to follow, largest first."""
    return sorted((ceiling for ceiling in waiting if ceiling > founders), reverse=True)


def brought(joined: Counts, ceiling: Counts, people: int, random: np.random.Generator) -> Counts:
    """So many more, each from any of those who could still join."""
    left = np.maximum(ceiling - joined, 0)
    if not people or not left.sum():
        return joined
    return joined + random.multivariate_hypergeometric(left, min(people, int(left.sum())), method="marginals")


def first_month(paths: NDArray[np.int64], people: float, *, now: int) -> Range:
    """In how many months so many people are allies, as a 95 % interval over the paths; 0 if they are already."""
    if now >= people:
        return Range(0.0, 0.0)
    there = paths >= people
    months = np.where(there.any(axis=1), there.argmax(axis=1) + 1.0, np.inf)
    low, high = np.percentile(months, INTERVAL, method="inverted_cdf")
    return Range(*(float(end) if np.isfinite(end) else None for end in (low, high)))


def compare(
    draws: Sequence[Bass],
    history: History,
    what_if: WhatIf,
    *,
    waiting: Sequence[int] = (),
    months: int = YEAR,
    seed: int = 0,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The paths without it and with it, draws by months: the same p and q in both, and chance begins the same."""
    without, with_it = (
        np.stack(
            [onward(one, history, random, months=months, what_if=wish, waiting=waiting) for one in draws],
        )
        for wish, random in ((wish, np.random.default_rng(seed)) for wish in (WhatIf(), what_if))
    )
    return without, with_it


def lever(draws: Sequence[Bass], waiting: Sequence[int], *, founders: int = 5, months: int = YEAR) -> Range | None:
    """How many more allies a year from now, on average, if the largest unit that waits began today: beyond those who
    begin it, and beyond whom it would have had by then without them. None where no unit waits. The interval is that of
    p and q alone."""
    open_ones = able(waiting, founders)
    if not open_ones:
        return None
    return interval([alone(one, founders, open_ones[0], months) - alone(one, 0, open_ones[0], months) for one in draws])


def alone(model: Bass, joined: float, ceiling: int, months: int) -> float:
    """How many join one unit within so many months on the mean path."""
    start = joined
    for _month in range(months):
        joined += (ceiling - joined) * float(model.hazard(np.array(joined / ceiling)))
    return joined - start
