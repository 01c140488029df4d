"""How many allies one ally brings: the effective reproduction number, week by week.

Method: A. Cori, N. M. Ferguson, C. Fraser, S. Cauchemez, "A new framework and software to estimate time-varying
reproduction numbers during epidemics", American Journal of Epidemiology 178 (2013). With imported cases apart (R. N.
Thompson et al., Epidemics 29, 2019): whoever came by themselves can bring others, but was brought by nobody.

    Λ(t) = Σ_k I(t − k) · w(k)         the pressure of those who joined k weeks ago, weighted by the generation interval
    R | I ~ Gamma(a + Σ I_local(t), rate 1 / b + Σ Λ(t))    over a window of weeks, with the prior Gamma(a, scale b)

Here a case is a join, the generation interval is the time between the joining of who invites and of who is invited, and
the unit of time is a week. Only the worker loads this module (numpy, scipy).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

#: Cori's prior: its mean is above one on purpose, so that "it is dying out" has to be shown by the data.
SHAPE, SCALE = 1.0, 5.0
#: Weeks over which R is taken to stand still: a quarter.
WINDOW = 13
#: Fewer joins in the window than this: too early to say.
FEWEST_JOINS = 12
#: With fewer pairs than this the generation interval is taken from `USUAL`.
FEWEST_PAIRS = 10
#: Mean and standard deviation, in weeks, of an invitation that ripens over a quarter.
USUAL = (7.0, 5.0)
LONGEST = 104
INTERVAL = (0.025, 0.975)


@dataclass(frozen=True)
class Generation:
    """`weights[k - 1]` is the probability that somebody joins k weeks after who invited them; they sum to one."""

    mean: float
    deviation: float
    pairs: int
    weights: NDArray[np.float64]

    @property
    def is_assumed(self) -> bool:
        return self.pairs < FEWEST_PAIRS


@dataclass(frozen=True)
class Reproduction:
    """R over the last `weeks`: the posterior mean with its 95 % credible interval, from so many joins."""

    mean: float
    low: float
    high: float
    joins: int
    weeks: int


def generation(intervals: Sequence[float], seen_for: Sequence[float] = ()) -> Generation:
    """From the weeks between inviter's and invitee's joining: a gamma distribution, cut into weeks. `seen_for` tells of
    each pair how many weeks ago its inviter joined; without it nothing is taken to be missing.

    The discretisation is Cori's (2013, web appendix 11): a gamma distribution shifted by one week, so nobody brings
    anybody in the week of their own joining.
    """
    seen = np.clip(np.asarray(intervals, dtype=float), 0.0, LONGEST)
    mean, deviation = USUAL
    if len(seen) >= FEWEST_PAIRS:
        mean, deviation = float(seen.mean()), float(seen.std(ddof=1))
        if len(seen_for):
            mean, deviation = untruncated(seen, np.asarray(seen_for, dtype=float), mean, deviation)
    mean, deviation = max(mean, 1.5), max(deviation, 0.5)
    shape, scale = ((mean - 1) / deviation) ** 2, deviation**2 / (mean - 1)
    weeks = np.arange(1, LONGEST + 1, dtype=float)
    once, twice = stats.gamma(shape, scale=scale), stats.gamma(shape + 1, scale=scale)
    weights = (
        weeks * once.cdf(weeks)
        + (weeks - 2) * once.cdf(weeks - 2)
        - 2 * (weeks - 1) * once.cdf(weeks - 1)
        + shape * scale * (2 * twice.cdf(weeks - 1) - twice.cdf(weeks - 2) - twice.cdf(weeks))
    )
    weights = np.maximum(weights, 0.0)
    return Generation(mean, deviation, len(seen), weights / weights.sum())


def untruncated(
    seen: NDArray[np.float64], seen_for: NDArray[np.float64], mean: float, deviation: float
) -> tuple[float, float]:
    """Mean and deviation of the gamma distribution from which `seen` is what could be seen so far.

    Of those who joined lately only quick invitations can have ripened, and in a movement that grows they are many: the
    plain mean is too short, and R with it too low. So each pair's density is taken given that it is no longer than its
    inviter has been here (right truncation), and the likelihood maximised. Source: S. W. Park et al., "Forward-looking
    serial intervals correctly link epidemic growth to reproduction numbers", PNAS 118 (2021).
    """
    times, ends = np.maximum(seen, 0.05), np.maximum(np.maximum(seen, seen_for), 0.1)

    def minus_log_likelihood(at: NDArray[np.float64]) -> float:
        mean, deviation = np.exp(at)
        shape, scale = (mean / deviation) ** 2, deviation**2 / mean
        inside = stats.gamma.logpdf(times, shape, scale=scale) - stats.gamma.logcdf(ends, shape, scale=scale)
        return -float(inside.mean())

    start = np.log([max(mean, 0.5), max(deviation, 0.5)])
    # Where nearly all pairs are cut off the data say little: no further than twice what was seen.
    bounds = [(start[0] - 0.1, start[0] + np.log(2)), (start[1] - 0.3, start[1] + np.log(2.5))]
    found = optimize.minimize(minus_log_likelihood, start, method="L-BFGS-B", bounds=bounds)
    return float(np.exp(found.x[0])), float(np.exp(found.x[1]))


def pressure(joins: NDArray[np.int64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Λ of each week; 0 in the first."""
    return np.concatenate([[0.0], np.convolve(joins, weights)[: len(joins) - 1]])


def reproduction(
    invited: Sequence[int], by_themselves: Sequence[int], known: Generation, *, window: int = WINDOW
) -> Reproduction | None:
    """R over the last `window` weeks; None for "too early to say". Both sequences are joins by week, oldest first."""
    local, imported = np.asarray(invited, dtype=np.int64), np.asarray(by_themselves, dtype=np.int64)
    if local.shape != imported.shape:
        raise ValueError("Both kinds of joins are told for the same weeks.")
    recent = slice(max(0, len(local) - window), None)
    joins = int(local[recent].sum() + imported[recent].sum())
    if joins < FEWEST_JOINS:
        return None
    total = pressure(local + imported, known.weights)[recent].sum()
    posterior = stats.gamma(SHAPE + local[recent].sum(), scale=1 / (1 / SCALE + total))
    low, high = posterior.ppf(INTERVAL)
    return Reproduction(float(posterior.mean()), float(low), float(high), joins, len(local[recent]))


@dataclass(frozen=True)
class Cohort:
    """The plain figure beside it: `brought` people joined through those `allies` who joined long enough ago."""

    allies: int
    brought: int

    @property
    def each(self) -> float | None:
        return self.brought / self.allies if self.allies >= FEWEST_JOINS else None
