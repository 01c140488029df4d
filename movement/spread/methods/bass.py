"""How a movement grows inside units: the Bass model with a known ceiling, pooled over units.

In month t, each of the `remaining` people of unit u who could join and have not does so with the hazard

    h(u, t) = p + q · N(u, t−1) / M(u, t)

where N is how many of the unit had joined by the month before, M how many of it could ever join (its ceiling), p the
coefficient of innovation (who comes by themselves, or from outside) and q that of imitation (who comes because others
of the unit are there already). Joins are binomial, so the likelihood is that of a binomial regression with an identity
link; it is concave in (p, q), and has one maximum.

Source: F. M. Bass, "A new product growth for model consumer durables", Management Science 15 (1969); the fixed ceiling
and the discrete hazard follow Satoh, "A discrete Bass model and its parameter estimation", J. Oper. Res. Soc. Japan 44
(2001). All rates are per month. Only the worker loads this module (numpy, scipy).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

Counts = NDArray[np.int64]
Shares = NDArray[np.float64]

#: A hazard is a probability; at 1 everybody would join within the month.
HIGHEST = 0.999
LOWEST = 1e-9


@dataclass(frozen=True, kw_only=True)
class History:
    """`joins[u, t]` people of unit u joined in month t; `before[u]` had joined earlier; `ceiling[u, t]` could by then.

    A ceiling is never below those who have joined: a headcount that is out of date doesn't make anybody leave.
    """

    joins: Counts
    before: Counts
    ceiling: Counts

    def __post_init__(self) -> None:
        if self.joins.ndim != 2 or self.ceiling.shape != self.joins.shape or self.before.shape != self.joins.shape[:1]:
            raise ValueError("joins and ceiling are units by months, before has one number per unit.")
        object.__setattr__(self, "ceiling", np.maximum(self.ceiling, self.before[:, None] + self.joins.cumsum(axis=1)))

    @property
    def joined(self) -> Counts:
        """By the end of each month."""
        return self.before[:, None] + self.joins.cumsum(axis=1)

    @property
    def earlier(self) -> Counts:
        """By the end of the month before each month."""
        return self.joined - self.joins

    @property
    def now(self) -> Counts:
        return self.before + self.joins.sum(axis=1)


@dataclass(frozen=True)
class Bass:
    """Per month: `p` innovation, `q` imitation."""

    p: float
    q: float

    def hazard(self, share: Shares) -> Shares:
        return np.clip(self.p + self.q * share, 0.0, HIGHEST)


def shares(joined: Counts, ceiling: Counts) -> Shares:
    """N ÷ M, 0 where nobody could join."""
    return np.divide(joined, ceiling, out=np.zeros(joined.shape, dtype=float), where=ceiling > 0)


def fit(history: History) -> Bass:
    """The maximum likelihood estimate of p and q, neither below zero. Where nobody could join, both are 0."""
    remaining = history.ceiling - history.earlier
    some = remaining > 0
    joins, left, share = history.joins[some], remaining[some], shares(history.earlier, history.ceiling)[some]
    all_joins = float(joins.sum())
    if not all_joins:
        return Bass(0.0, 0.0)
    crude = all_joins / float(left.sum())

    def minus_log_likelihood(at: Shares) -> tuple[float, Shares]:
        hazard = np.clip(at[0] + at[1] * share, LOWEST, HIGHEST)
        slope = joins / hazard - (left - joins) / (1 - hazard)
        value = (joins * np.log(hazard) + (left - joins) * np.log1p(-hazard)).sum()
        return -float(value) / all_joins, -np.array([slope.sum(), (slope * share).sum()]) * crude / all_joins

    # In units of the crude rate, so that both directions are of the order of one.
    found = optimize.minimize(
        lambda scaled: minus_log_likelihood(scaled * crude),
        x0=np.array([0.5, 0.5]),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0.0, HIGHEST / crude)] * 2,
        options={"ftol": 1e-12, "gtol": 1e-8},
    )
    p, q = found.x * crude
    return Bass(float(p), float(q))


def replay(model: Bass, history: History, random: np.random.Generator) -> History:
    """The same units and ceilings once more, as they might have gone under this model: a bootstrap draw."""
    joined, joins = history.before.copy(), np.zeros_like(history.joins)
    for month in range(history.joins.shape[1]):
        ceiling = history.ceiling[:, month]
        left = np.maximum(ceiling - joined, 0)
        joins[:, month] = random.binomial(left, model.hazard(shares(joined, ceiling)))
        joined = joined + joins[:, month]
    return History(joins=joins, before=history.before, ceiling=history.ceiling)
