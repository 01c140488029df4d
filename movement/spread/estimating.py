"""What the methods say at the end of the last finished month. Only the worker loads this module (numpy, scipy).

Two things keep it from pointing at anybody. Growth is estimated from what is published of each unit and month, and what
comes out is told as the published sum and its change, to the nearest five. The reproduction number is one for the whole
organisation, once a month, to one decimal place.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from dateutil.relativedelta import relativedelta

from movement.allies.models import Ally
from movement.fives import nearest_five
from movement.spread import describing, safety
from movement.spread.estimates import AHEAD, IDEAS, MARKS, MONTHS_AHEAD, ONCE, ROGERS, SPREAD, keep, kept
from movement.spread.idea_figures import furthest
from movement.spread.methods.bass import Counts, History
from movement.spread.methods.forecast import DRAWS, Range, forecast, lever
from movement.spread.methods.reproduction import Cohort, Generation, Reproduction, generation, reproduction
from movement.spread.models import Estimate, UnitSnapshot
from movement.spread.publishing import hidden_headcounts, latest_month
from movement.spread.rogers import standing
from movement.spread.settings import SpreadSettings
from movement.spread.told_ranges import rates

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
    keep(AHEAD, month, ahead(month, draws))
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


def ahead(month: date, draws: int) -> dict[str, Any] | None:
    """Where growth leads in the units whose counts are published; None while it is too early to say."""
    reachable = SpreadSettings.current().reachable
    history, shown, headcount = published_history(month, reachable / 100)
    if history is None:
        return None
    known = rates(month, reachable / 100, draws=draws)
    found = known and forecast(history, headcount=headcount, marks=MARKS, known=known)
    if found is None or found.is_too_early:
        return None
    return {
        "now": shown,
        "units": len(history.joins),
        "headcount": headcount,
        "reachable": reachable,
        "band": told_band(found.band[:MONTHS_AHEAD], shown, shift=shown - int(history.now.sum())),
        "reached": {f"{mark * 100:.0f} %": told_months(found.reached[mark]) for mark in MARKS},
        "p": told_rate(found.model.p, found.p),
        "q": told_rate(found.model.q, found.q),
        "lever": told_lever(lever(found.draws, waiting(month, reachable / 100))),
    }


def published_history(month: date, reachable: float) -> tuple[History | None, int, int]:
    """Joins by month of the units that may be shown at the end of `month`, their published sum, and their headcount."""
    counted = counted_units(month)
    if counted is None:
        return None, 0, 0
    joins = np.array([joins_between(of_unit) for of_unit in counted.told])
    history = History(joins=joins, before=np.zeros(len(joins), dtype=np.int64), ceiling=counted.ceiling(reachable))
    return history, int(counted.shown.sum()), int(counted.headcount[:, -1].sum())


@dataclass(frozen=True)
class Counted:
    """Units whose counts are published at the end of a month: what is told of each and its headcount, by unit and
    month.

    The methods see no more than the page does: what is told of each month, and between two months at which that
    changes a straight line. Were they given the counts themselves, their parameters would tell of them.
    """

    told: Counts
    headcount: Counts

    @property
    def shown(self) -> Counts:
        return self.told[:, -1]

    def ceiling(self, reachable: float) -> Counts:
        """Where no headcount was kept, the latest stands for it."""
        people_there = np.where(self.headcount > 0, self.headcount, self.headcount[:, -1:])
        return np.ceil(people_there * reachable).astype(np.int64)


def counted_units(month: date) -> Counted | None:
    """None where there is none, or only one month."""
    rows: dict[int, dict[date, tuple[int, int]]] = defaultdict(dict)
    figures = UnitSnapshot.objects.filter(month__lte=month).values_list("unit_id", "month", "allies", "headcount")
    for unit, at, allies, headcount in figures.iterator(chunk_size=10_000):
        rows[unit][at] = (safety.cell(allies, headcount).value or 0, headcount)
    months = sorted({at for of_unit in rows.values() for at in of_unit})
    units = sorted(unit for unit, of_unit in rows.items() if of_unit.get(month, (0, 0))[0])
    if not units or len(months) < 2:
        return None
    cells = np.array([[rows[unit].get(at, (0, 0)) for at in months] for unit in units], dtype=np.int64)
    return Counted(cells[..., 0], cells[..., 1])


def waiting(month: date, reachable: float) -> list[int]:
    """The ceilings of the units that hide at the end of `month`: those that could still begin. Only headcounts go in,
    and which units hide."""
    return [math.ceil(headcount * reachable) for headcount in hidden_headcounts(month)]


def told_lever(found: Range | None) -> list[int] | None:
    return None if found is None else [nearest_five(end) for end in _ends(found)]


def joins_between(told: "np.ndarray[Any, np.dtype[np.int64]]") -> "np.ndarray[Any, np.dtype[np.int64]]":
    """Month by month. Somebody who leaves joined all the same."""
    most = np.maximum.accumulate(told)
    rises = np.flatnonzero(np.diff(most, prepend=0))
    so_far = np.interp(np.arange(len(most)), [-1, *rises], [0, *most[rises]])
    return np.diff(np.rint(so_far).astype(np.int64), prepend=0)


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
