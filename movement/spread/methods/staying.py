"""How long allies stay active: the Kaplan–Meier estimate of each joining cohort.

Source: E. L. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations", JASA 53 (1958), as scipy has
it, with log-log confidence intervals. Whoever is still active is censored: all that is known is "at least so long". The
unit of time is a month. Only the worker loads this module (scipy).
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

#: A cohort of fewer people is not drawn.
FEWEST = 20


@dataclass(frozen=True)
class Staying:
    """`curve` holds (months, share still active, low, high), from (0, 1, 1, 1) on."""

    people: int
    curve: list[tuple[float, float, float, float]]

    def share_after(self, months: float) -> float:
        """The share still active after so many months."""
        return next(share for at, share, _low, _high in reversed(self.curve) if at <= months)


def staying(stayed: Sequence[float], has_left: Sequence[bool]) -> Staying | None:
    """None for a cohort too small to be shown. `stayed` is in months; `has_left` says that it ended then."""
    if len(stayed) != len(has_left):
        raise ValueError("One answer for each time.")
    if len(stayed) < FEWEST:
        return None
    times, left = np.asarray(stayed, dtype=float), np.asarray(has_left, dtype=bool)
    start = (0.0, 1.0, 1.0, 1.0)
    if not left.any():
        return Staying(len(times), [start, (float(times.max()), 1.0, 1.0, 1.0)])
    survival = stats.ecdf(stats.CensoredData(uncensored=times[left], right=times[~left])).sf
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)  # at 1 and at 0 the interval is not defined, and not shown
        ends = survival.confidence_interval(confidence_level=0.95, method="log-log")
    curve = [start]
    for at, share, low, high in zip(
        survival.quantiles, survival.probabilities, ends.low.probabilities, ends.high.probabilities, strict=True
    ):
        known_low, known_high = (share if np.isnan(end) else end for end in (low, high))
        curve.append((float(at), float(share), float(known_low), float(known_high)))
    return Staying(len(times), curve)
