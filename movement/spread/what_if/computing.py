"""The pooled model once more, with what is wished for. Only the worker loads this module (numpy, scipy, the renderer).

Each answer is worked out from published figures alone: the counts by department as they are shown, and headcounts.
Departments that begin are taken as empty, whatever they hide. So however
many questions are asked, and however finely: nothing follows that did not follow before.
"""

from typing import Any

import numpy as np

from movement.fives import STEP, nearest_five
from movement.spread import figures
from movement.spread.estimates import MONTHS_AHEAD, Ahead, read
from movement.spread.estimating import counted_units, told_band, waiting
from movement.spread.methods.bass import History
from movement.spread.methods.forecast import INTERVAL, WhatIf, able, compare, is_wide
from movement.spread.publishing import hidden_headcounts
from movement.spread.what_if.drawing import draws_of
from movement.spread.what_if.models import Scenario
from movement.spread.what_if.pictures import beside_svg
from movement.spread.what_if.services import of


def answer(scenario_id: int) -> None:
    """Done again, the same comes out; a question whose figures are no longer the month's is dropped."""
    scenario = Scenario.objects.filter(pk=scenario_id, told__isnull=True).first()
    if scenario is None:
        return
    ahead = read().ahead
    if ahead is None or of(ahead) != scenario.of:
        scenario.delete()
        return
    told = tell(ahead, scenario)
    svg = beside_svg(figures.growth(), ahead.month, told) if told["band"] else ""
    Scenario.objects.filter(pk=scenario.pk).update(told=told, svg=svg)


def tell(ahead: Ahead, scenario: Scenario) -> dict[str, Any]:
    """The band with what is wished for beside the one without, and how many more a year from now (95 % interval of the
    difference: the same draws in both). `band` is None where it is too wide to be told; `most` is everybody within
    reach, and no end is told above it."""
    now = published(ahead)
    open_ones = waiting(ahead.month, ahead.told["reachable"] / 100)
    wish = WhatIf(invited_a_month=scenario.invited, accepted=scenario.accepted / 100, new_units=scenario.new_units)
    without, with_it = compare(draws_of(ahead), now, wish, waiting=open_ones, months=MONTHS_AHEAD)
    as_now, then = (np.percentile(paths, (INTERVAL[0], 50, INTERVAL[1]), axis=0).T for paths in (without, with_it))
    more = np.percentile(with_it[:, -1] - without[:, -1], INTERVAL)
    shown = int(now.now.sum())
    started = min(scenario.new_units, len(able(open_ones, wish.founders)))
    most = everybody(ahead, shown, started)
    return {
        "now": shown,
        "most": most,
        "base": below(everybody(ahead, shown, 0), told_band(as_now.tolist(), shown)),
        "band": None if is_wide(then[-1][0], then[-1][2]) else below(most, told_band(then.tolist(), shown)),
        "more": [max(0, nearest_five(end)) for end in more],
        "begun": started,
    }


def everybody(ahead: Ahead, shown: int, new_units: int) -> int:
    """Who could be an ally in the departments counted and begun, of all their people together and rounded down: the
    model rounds each department up, and to the nearest five it might be passed once more."""
    counted = counted_units(ahead.month)
    people = int(counted.headcount.sum()) if counted else 0
    people += sum(sorted(hidden_headcounts(ahead.month), reverse=True)[:new_units])
    return max(shown, people * ahead.told["reachable"] // 100) // STEP * STEP


def below(most: int, band: list[list[int]]) -> list[list[int]]:
    return [[min(most, end) for end in ends] for ends in band]


def published(ahead: Ahead) -> History:
    """Where the units stand, as shown."""
    counted = counted_units(ahead.month)
    if counted is None:
        raise ValueError("There is an estimate, so there are units to estimate from.")
    return counted.history(counted.shown, ahead.told["reachable"] / 100)
