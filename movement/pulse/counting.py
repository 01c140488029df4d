"""From the answers of a closed pulse to what is published of it. Only the worker loads this module (scipy).

The mean of n ratings stands with a 95 % interval, mean ± t(n − 1) · s / √n (Student 1908), within the scale. For s
stands √2, the standard deviation of five ratings that are equally frequent, and for n the published number of people:
their own spread, beside the mean, would tell how many gave which rating. So the interval is wider than it had to be
wherever people do not disagree more than that. The gap is the difference of the two published means, so that it tells
nothing more than they do; its interval is that of the differences within each person, and with few people as if the two
ends had nothing to do with each other (s = 2). What is compared with an earlier pulse is taken as another sample: the
half-widths add up as squares. Means are rounded to a tenth, half-widths up to one, people to the nearest five.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from math import ceil, sqrt
from typing import Any

from scipy import stats

from movement.allies.models import Unit
from movement.pulse import safety
from movement.pulse.models import Asked, Pulse, Result
from movement.pulse.safety import WHOLE, Place, Tally, Tree
from movement.pulse.scale import HIGHEST, LOWEST

CONFIDENCE = 0.95
HALVES = ("serving", "served")
#: The standard deviation of five ratings that are equally frequent.
FLAT = sqrt(2)
Told = dict[str, Any]


def tallies(answers: Iterable[Mapping[str, Any]], questions: int) -> tuple[list[dict[Place, Tally]], int]:
    """For each question, who named which place said what how often; and how many people answered at all."""
    own: list[dict[Place, Tally]] = [defaultdict(Counter) for _question in range(questions)]
    people = 0
    for answer in answers:
        people += 1
        for question, pair in zip(own, answer["ratings"], strict=True):
            if pair is not None:
                question[answer["unit"]][(pair[0], pair[1])] += 1
    return own, people


def results_of(pulse: Pulse, questions: list[Asked], own: list[dict[Place, Tally]]) -> list[Result]:
    """The rows to freeze."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    tree = Tree({unit.pk: unit.parent_id for unit in units.values()})
    rows = []
    for asked, tally in zip(questions, own, strict=True):
        before = earlier(asked, pulse)
        for place, said in safety.shown(tree, tally).items():
            told = told_of(said, is_whole=place is WHOLE)
            told["before"] = compared(told, said.total(), before.get(place))
            unit = units[place] if place is not WHOLE else None
            rows.append(
                Result(
                    asked=asked, pulse=pulse, unit=unit, place=unit.name if unit else "", people=said.total(), told=told
                )
            )
    return rows


def told_of(said: Tally, *, is_whole: bool) -> Told:
    """What is published of one group."""
    people = said.total()
    told: Told = {"people": safety.nearest_five(people)}
    for column, half in enumerate(HALVES):
        seen = safety.counted(said, lambda pair, column=column: pair[column])  # type: ignore[misc]
        told[half] = mean_of(seen)
        if is_whole:
            told[half]["cells"] = safety.cells(seen)
    gap = round(told["serving"]["mean"] - told["served"]["mean"], 1)
    width = gap_width(safety.counted(said, lambda pair: pair[0] - pair[1]))
    told["gap"] = {"mean": gap, "low": round(gap - width, 1), "high": round(gap + width, 1)}
    return told


def mean_of(seen: Counter[int]) -> Told:
    middle, width = round(mean(seen), 1), half_width(FLAT, published(seen))
    return {
        "mean": middle,
        "low": round(max(LOWEST, middle - width), 1),
        "high": round(min(HIGHEST, middle + width), 1),
    }


def gap_width(gaps: Counter[int]) -> float:
    if not safety.is_many(gaps.total()):
        return half_width(sqrt(2) * FLAT, published(gaps))
    middle, many = mean(gaps), gaps.total()
    deviation = sqrt(sum(count * (gap - middle) ** 2 for gap, count in gaps.items()) / (many - 1))
    return half_width(deviation, many)


def mean(seen: Counter[int]) -> float:
    return sum(rating * count for rating, count in seen.items()) / seen.total()


def published(seen: Counter[int]) -> int:
    return safety.nearest_five(seen.total()) or safety.FEWEST


def half_width(deviation: float, many: int) -> float:
    """Of the 95 % interval of a mean of so many, rounded up to a tenth."""
    return ceil(10 * quantile(many - 1) * deviation / sqrt(many)) / 10


@cache
def quantile(freedom: int) -> float:
    return float(stats.t.ppf((1 + CONFIDENCE) / 2, freedom))


def earlier(asked: Asked, pulse: Pulse) -> dict[Place, Result]:
    """What was last published of this very question, asked in the same words of the same people."""
    last = (
        Asked.objects.filter(
            pulse__in=Pulse.objects.closed().filter(audience=pulse.audience),
            serving=asked.serving,
            served=asked.served,
        )
        .exclude(pulse=pulse)
        .order_by("-pulse__closed_at", "-pk")
        .first()
    )
    if last is None:
        return {}
    rows = Result.objects.filter(asked=last).select_related("pulse")
    return {row.unit_id: row for row in rows if row.unit_id is not None or not row.place}


def compared(told: Told, people: int, before: Result | None) -> Told | None:
    """What has changed since, or None where the two may not stand beside each other."""
    if before is None or not safety.may_be_compared(before.people, people):
        return None
    found: Told = {"pulse": before.pulse_id, "month": before.pulse.opens_at.date().replace(day=1).isoformat()}
    for name in (*HALVES, "gap"):
        now, then = told[name], before.told[name]
        change = round(now["mean"] - then["mean"], 1)
        width = sqrt(sum(((one["high"] - one["low"]) / 2) ** 2 for one in (now, then)))
        found[name] = {"mean": change, "low": round(change - width, 1), "high": round(change + width, 1)}
    return found
