"""The ranges that are told of every unit and month, for the methods. Only the worker loads this module (numpy).

They see no more than the pages do: of each unit in which somebody could be counted, between which counts it lies
(`safety.cell`), and its headcount. Were they given the counts, their parameters would tell of them.
"""

from collections import defaultdict
from datetime import date

import numpy as np

from movement.spread import safety
from movement.spread.methods.bass import Bass
from movement.spread.methods.forecast import DRAWS
from movement.spread.methods.ranges import Ranges, likely
from movement.spread.models import UnitSnapshot

#: Units that were not counted for so long that their range is wider than this say nothing, and cost most.
WIDEST = 12


def rates(month: date, reachable: float, *, draws: int = DRAWS) -> tuple[Bass, list[Bass]] | None:
    """p and q of the months up to `month`, and draws of both as far as they are uncertain. The same figures give the
    same; None where too little is told."""
    ranges = ranges_told(month, reachable)
    return None if ranges is None else likely(ranges, draws=draws)


def ranges_told(month: date, reachable: float) -> Ranges | None:
    """Of the units in which somebody could be counted at the end of `month`, those that say "fewer than five"
    included."""
    months: set[date] = set()
    rows: dict[int, dict[date, tuple[int, int, int]]] = defaultdict(dict)
    figures = UnitSnapshot.objects.filter(month__lte=month).values_list("unit_id", "month", "allies", "headcount")
    for unit, at, allies, headcount in figures.iterator(chunk_size=10_000):
        cell = safety.cell(allies, headcount)
        months.add(at)
        if cell.is_countable:
            rows[unit][at] = (cell.low, cell.high, headcount)
    told = [_carried_back(rows[unit], sorted(months)) for unit in sorted(rows) if month in rows[unit]]
    narrow = [one for one in told if max(high - low for low, high, _people in one) <= WIDEST]
    if not narrow or len(months) < 2:
        return None
    low, high, people = np.moveaxis(np.array(narrow, dtype=np.int64), 2, 0)
    return Ranges(low=low, high=high, ceiling=np.ceil(people * reachable).astype(np.int64))


def _carried_back(told: dict[date, tuple[int, int, int]], months: list[date]) -> list[tuple[int, int, int]]:
    """Month by month. Where nothing was told of one, no more had joined than could have by the next that was told, of
    as many people."""
    found: list[tuple[int, int, int]] = []
    for month in reversed(months):
        if month in told:
            found.append(told[month])
        else:
            _low, high, people = found[-1]
            found.append((0, high, people))
    return found[::-1]
