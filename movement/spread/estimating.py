"""What the methods say at the end of the last finished month. Only the worker loads this module (numpy, scipy).

Two things keep it from pointing at anybody. Growth is estimated from what is published of each unit and month, and what
comes out is told as the published sum and its change, to the nearest five. The reproduction number is one for the whole
organisation, once a month, to one decimal place.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from dateutil.relativedelta import relativedelta
from django.db import transaction

from movement.allies.models import Ally
from movement.fives import nearest_five
from movement.spread import describing, safety
from movement.spread.charts import fingerprint
from movement.spread.estimates import (
    AHEAD,
    FITTED,
    IDEAS,
    MARKS,
    MONTHS_AHEAD,
    ONCE,
    ROGERS,
    SPREAD,
    Ahead,
    keep,
    kept,
)
from movement.spread.idea_figures import furthest
from movement.spread.methods.bass import Bass, Counts, History
from movement.spread.methods.forecast import DRAWS, Range, forecast, lever
from movement.spread.methods.ranges import Ranges, likely
from movement.spread.methods.reproduction import Cohort, Generation, Reproduction, generation, reproduction
from movement.spread.models import Estimate, UnitSnapshot
from movement.spread.publishing import hidden_headcounts, latest_month
from movement.spread.rogers import standing
from movement.spread.settings import SpreadSettings
from movement.spread.told_ranges import ranges_told
from movement.spread.what_if.drawing import keep_draws

#: To be raised whenever the same figures lead to another estimate: then it is worked out again.
METHOD = 1
WEEK = timedelta(days=7)
#: Whoever joined later than this has had no time to bring anybody.
RIPE = timedelta(days=60)
#: Weeks that are looked at: what was longer ago presses no more.
WEEKS = 2 * 52


def estimate_all(*, draws: int = DRAWS) -> date | None:
    """All, for the last finished month; done again, the same comes out. Returns that month, None before the first."""
    month = latest_month()
    if month is None:
        Estimate.objects.all().delete()
        return None
    keep_ahead(month, draws)
    keep(ROGERS, month, stands())
    keep(IDEAS, month, furthest(month))
    before = kept(*ONCE)
    for name, tell in zip(ONCE, (carrying, describing.ties, describing.staying, describing.doing), strict=True):
        if name not in before or before[name].month != month:
            keep(name, month, tell(month))
    return month


def stands() -> dict[str, int] | None:
    page = kept(SPREAD).get(SPREAD)
    return standing(page.told, SpreadSettings.current().reachable) if page and page.told else None


def keep_ahead(month: date, draws: int) -> None:
    """Worked out again only where what it is worked out from has changed: it is by far the most of the work."""
    reachable = SpreadSettings.current().reachable
    counted, ranges = counted_units(month), ranges_told(month, reachable / 100)
    open_ones = waiting(month, reachable / 100)
    of = fingerprint(METHOD, month, reachable, draws, plain(counted), plain(ranges), open_ones)
    before = kept(AHEAD, FITTED)
    if AHEAD in before and FITTED in before and before[FITTED].told == of:
        return
    told, fitted = ahead(counted, ranges, open_ones, reachable=reachable, draws=draws)
    with transaction.atomic():
        keep(AHEAD, month, told)
        if told is not None:
            keep_draws(Ahead(month, told), fitted)
        keep(FITTED, month, of)


def plain(arrays: "Counted | Ranges | None") -> list[object]:
    return [] if arrays is None else [getattr(arrays, field.name).tolist() for field in fields(arrays)]


def ahead(
    counted: "Counted | None", ranges: Ranges | None, waiting: list[int], *, reachable: int, draws: int
) -> tuple[dict[str, Any] | None, list[Bass]]:
    """Where growth leads in the units whose counts are published, and the draws of p and q that say so; None while it
    is too early to say."""
    known = likely(ranges, draws=draws) if counted is not None and ranges is not None else None
    if counted is None or known is None:
        return None, []
    history = counted.history(counted.most, reachable / 100)
    shown, headcount = int(counted.shown.sum()), int(counted.headcount.sum())
    found = forecast(history, headcount=headcount, marks=MARKS, known=known)
    if found is None or found.is_too_early:
        return None, []
    return {
        "now": shown,
        "units": len(counted.shown),
        "headcount": headcount,
        "reachable": reachable,
        "band": told_band(found.band[:MONTHS_AHEAD], shown, shift=shown - int(history.now.sum())),
        "reached": {f"{mark * 100:.0f} %": told_months(found.reached[mark]) for mark in MARKS},
        "p": told_rate(found.model.p, found.p),
        "q": told_rate(found.model.q, found.q),
        "lever": told_lever(lever(found.draws, waiting)),
    }, found.draws


@dataclass(frozen=True)
class Counted:
    """Units whose counts are published at the end of a month: of each the most that was ever told, what is told now,
    and its headcount.

    The months ahead begin there. What the months before tell of p and q is read from the ranges (`told_ranges`), of
    these units and of those that hide.
    """

    most: Counts
    shown: Counts
    headcount: Counts

    def history(self, joined: Counts, reachable: float) -> History:
        """So many have joined by now: no earlier month is looked at by what goes on from there."""
        ceiling = np.ceil(self.headcount * reachable).astype(np.int64)
        return History(joins=joined[:, None], before=np.zeros_like(joined), ceiling=ceiling[:, None])


def counted_units(month: date) -> Counted | None:
    """None where there is none, or only one month."""
    told: dict[int, dict[date, tuple[int, int]]] = defaultdict(dict)
    months: set[date] = set()
    figures = UnitSnapshot.objects.filter(month__lte=month).values_list("unit_id", "month", "allies", "headcount")
    for unit, at, allies, headcount in figures.iterator(chunk_size=10_000):
        months.add(at)
        told[unit][at] = (safety.cell(allies, headcount).value or 0, headcount)
    units = [of_unit for _unit, of_unit in sorted(told.items()) if of_unit.get(month, (0, 0))[0]]
    if not units or len(months) < 2:
        return None
    rows = [(max(count for count, _people in of_unit.values()), *of_unit[month]) for of_unit in units]
    return Counted(*np.array(rows, dtype=np.int64).T)


def waiting(month: date, reachable: float) -> list[int]:
    """The ceilings of the units that hide at the end of `month`: those that could still begin. Only headcounts go in,
    and which units hide."""
    return [math.ceil(headcount * reachable) for headcount in hidden_headcounts(month)]


def told_lever(found: Range | None) -> list[int] | None:
    return None if found is None else [nearest_five(end) for end in _ends(found)]


def told_band(band: Iterable[Iterable[float]], least: int, *, shift: int = 0) -> list[list[int]]:
    """Month by month, from where the published sum stands; nobody who is counted is taken away again."""
    return [[max(least, nearest_five(end + shift)) for end in ends] for ends in band]


def told_months(found: Range) -> list[int | None]:
    return [None if end is None else int(end) for end in _ends(found)]


def told_rate(best: float, found: Range) -> list[float]:
    return [float(f"{value or 0.0:.2g}") for value in (found.low, best, found.high)]


def _ends(found: Range) -> tuple[Any, Any]:
    return found.low, found.high


def carrying(month: date) -> dict[str, Any] | None:
    """How many each ally brings, up to the end of `month`; None while it is too early to say."""
    end = datetime.combine(month + relativedelta(months=1), datetime.min.time(), tzinfo=UTC)
    facts = Ally.objects.active().filter(joined_at__lt=end).values_list("joined_at", "invited_by__joined_at")
    joins = (
        ((end - joined_at) / WEEK, None if before is None else (end - before) / WEEK)
        for joined_at, before in facts.iterator(chunk_size=5_000)
    )
    found, known, cohort = carried(joins)
    if found is None:
        return None
    return {
        "mean": round(found.mean, 1),
        "low": round(found.low, 1),
        "high": round(found.high, 1),
        "weeks": found.weeks,
        "generation": round(known.mean),
        "is_assumed": known.is_assumed,
        "each": None if cohort.each is None else round(cohort.each, 1),
    }


def carried(joins: Iterable[tuple[float, float | None]]) -> tuple[Reproduction | None, Generation, Cohort]:
    """From everybody's joining: how many weeks ago, and how many weeks ago whoever brought them had joined (None: they
    came by themselves)."""
    invited, alone = np.zeros(WEEKS, dtype=np.int64), np.zeros(WEEKS, dtype=np.int64)
    intervals: list[float] = []
    seen_for: list[float] = []
    ripe = brought = 0
    for ago, before in joins:
        week = WEEKS - 1 - int(ago)
        if week >= 0:
            (alone if before is None else invited)[week] += 1
        if before is not None:
            intervals.append(max(0.0, before - ago))
            seen_for.append(before)
            brought += before >= RIPE / WEEK
        ripe += ago >= RIPE / WEEK
    known = generation(intervals, seen_for)
    return reproduction(invited.tolist(), alone.tolist(), known), known, Cohort(ripe, brought)
