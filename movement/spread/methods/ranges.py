"""The pooled Bass model where only ranges are told: of each unit and month, between which counts it lies.

What is published of a unit is a range (`safety`): "fewer than five", "about ten". To take the middle of each for the
count, and to leave out the units that hide, makes p too high and q too low, by half and more. So the likelihood is that
of the ranges themselves: the count of a unit is a Markov chain that only grows, its steps are binomial with the hazard
of `bass`, and what is seen of it each month is that it lies in its range. A unit that has said "fewer than five" from
the beginning counts as much as any other. Summed over all paths by the forward algorithm (L. R. Rabiner, Proceedings of
the IEEE 77, 1989), with the range in place of an emission.

How uncertain p and q are is drawn from the likelihood itself, normalised over both: refitting replays (as `forecast`
does where counts are known) would take hours for two thousand units. Only the worker loads this module (numpy, scipy).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize
from scipy.special import gammaln

from movement.spread.methods.bass import HIGHEST, LOWEST, Bass, Counts, shares

#: The likelihood is looked at on a grid of so many points each way, and so many deviations to each side.
POINTS, DEVIATIONS = 21, 5.0
#: So many months are worked out at once, so that memory does not grow with them.
AT_ONCE = 6
Numbers = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Ranges:
    """By the end of month t between `low[u, t]` and `high[u, t]` people of unit u had joined, nobody before the first;
    `ceiling[u, t]` could. Somebody who leaves joined all the same: a lower range later on takes nobody away.
    """

    low: Counts
    high: Counts
    ceiling: Counts

    def __post_init__(self) -> None:
        if not self.low.shape == self.high.shape == self.ceiling.shape or self.low.ndim != 2:
            raise ValueError("All three are units by months.")
        for name in ("low", "high"):
            object.__setattr__(self, name, np.maximum.accumulate(getattr(self, name), axis=1))
        object.__setattr__(self, "ceiling", np.maximum(self.ceiling, self.low))


class Likelihood:
    """Of p and q. What does not depend on them is worked out once."""

    def __init__(self, ranges: Ranges) -> None:
        self.width = int((ranges.high - ranges.low).max()) + 1
        before = (np.pad(ends[:, :-1], ((0, 0), (1, 0))) for ends in (ranges.low, ranges.high))
        told = np.stack([*before, ranges.low, ranges.high, ranges.ceiling], axis=-1)
        starts = range(0, told.shape[1], AT_ONCE)
        self._steps = [Steps(told[:, start : start + AT_ONCE], self.width) for start in starts]

    def __call__(self, model: Bass) -> float:
        """Its logarithm."""
        at, total = np.zeros((1, self.width)), 0.0
        at[:, 0] = 1.0
        for steps in self._steps:
            chances = steps.chances(model)
            for which in steps.months:
                at = np.einsum("ub,uba->ua", np.broadcast_to(at, (len(which), self.width)), chances[which])
                each = np.maximum(at.sum(axis=1, keepdims=True), 1e-300)
                total += float(np.log(each).sum())
                at = at / each
        return total


class Steps:
    """From each count within a range to each within the next, in a few months. Each kind of step is kept once (`told`
    has both ranges and the ceiling, by unit and month): most units are told the same for months, and kept one by one
    in full, the steps of a large organisation would not fit into the worker after ten years."""

    def __init__(self, told: Counts, width: int) -> None:
        kinds, which = np.unique(told.reshape(-1, told.shape[2]), axis=0, return_inverse=True)
        self.months = which.reshape(told.shape[:2]).T.astype(np.int32)
        low_before, high_before, low, high, ceiling = kinds.T[:, :, None]
        before, after = low_before + np.arange(width), low + np.arange(width)
        left = np.maximum(ceiling - before, 0)
        come, some = after[:, None, :] - before[:, :, None], left[:, :, None]
        fits = (before <= high_before)[:, :, None] & (after <= high)[:, None, :] & (come >= 0) & (come <= some)
        come = np.where(fits, come, 0)
        ways = gammaln(some + 1.0) - gammaln(come + 1.0) - gammaln(some - come + 1.0)
        self._share, self._left = shares(before, np.broadcast_to(ceiling, before.shape)), left
        self._come, self._ways = come.astype(np.int16), np.where(fits, ways, -np.inf).astype(np.float32)

    def chances(self, model: Bass) -> Numbers:
        """By kind of step, count before and count after."""
        hazard = np.clip(model.p + model.q * self._share, LOWEST, HIGHEST)
        odds, none = np.log(hazard) - np.log1p(-hazard), self._left * np.log1p(-hazard)
        return np.exp(self._ways + self._come * odds[:, :, None] + none[:, :, None])


def likely(ranges: Ranges, *, draws: int, seed: int = 0) -> tuple[Bass, list[Bass]] | None:
    """The maximum likelihood estimate of p and q, and so many draws of both. None where nobody is sure to have joined.
    The same ranges give the same."""
    surely = float(ranges.low[:, -1].sum())
    if not surely:
        return None
    likelihood = Likelihood(ranges)
    crude = surely / max(1.0, float(np.maximum(ranges.ceiling - ranges.low, 0).sum()))
    found = optimize.minimize(
        lambda scaled: -likelihood(Bass(*(scaled * crude))) / surely,
        x0=np.array([0.5, 0.5]),
        method="L-BFGS-B",
        bounds=[(0.0, HIGHEST / crude)] * 2,
        options={"eps": 1e-5, "maxiter": 60},
    )
    best = found.x * crude
    points, weights, spacing = _grid(likelihood, best, crude)
    random = np.random.default_rng(seed)
    chosen = points[random.choice(len(points), size=draws, p=weights)]
    drawn = np.abs(chosen + random.uniform(-0.5, 0.5, (draws, 2)) @ spacing.T)
    return Bass(*map(float, best)), [Bass(float(p), float(q)) for p, q in drawn]


def _grid(likelihood: Likelihood, best: Numbers, crude: float) -> tuple[Numbers, Numbers, Numbers]:
    """Points of (p, q) around the best, how likely each is, and the steps between them. Laid along the axes of the
    likelihood's curvature, since p and q are far from independent."""
    axes = np.linalg.cholesky(_covariance(likelihood, best, crude))
    steps = np.linspace(-DEVIATIONS, DEVIATIONS, POINTS)
    points = best + np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2) @ axes.T
    points = points[(points >= 0).all(axis=1)]
    logs = np.array([likelihood(Bass(*point)) for point in points])
    weights = np.exp(logs - logs.max())
    return points, weights / weights.sum(), axes * (steps[1] - steps[0])


def _covariance(likelihood: Likelihood, best: Numbers, crude: float) -> Numbers:
    """From the second differences, taken inside where an estimate is at its end (0)."""
    step = 0.05 * crude
    p, q = np.maximum(best, 2 * step)
    value = {(a, b): likelihood(Bass(p + a * step, q + b * step)) for a in (-1, 0, 1) for b in (-1, 0, 1)}
    by_p = (value[1, 0] - 2 * value[0, 0] + value[-1, 0]) / step**2
    by_q = (value[0, 1] - 2 * value[0, 0] + value[0, -1]) / step**2
    mixed = (value[1, 1] - value[1, -1] - value[-1, 1] + value[-1, -1]) / (4 * step**2)
    found, vectors = np.linalg.eigh(-np.array([[by_p, mixed], [mixed, by_q]]))
    least = (0.05 / crude) ** 2  # flat ground is looked at no further than twenty times the crude rate
    return (vectors / np.maximum(found, least)) @ vectors.T
