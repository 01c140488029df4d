"""What pages read of closed pulses: the frozen figures, in words. Loaded by the web process: computes nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from movement.pulse.models import Pulse, Result
from movement.pulse.scale import WORDS


@dataclass(frozen=True)
class Range:
    """A figure with its 95 % interval, to a tenth."""

    mean: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether it can be told from nothing."""
        return self.low > 0 or self.high < 0


def range_of(told: dict[str, Any]) -> Range:
    return Range(told["mean"], told["low"], told["high"])


@dataclass(frozen=True)
class Bar:
    """How many gave these ratings, to the nearest five, and the share of all that are shown."""

    words: str
    people: int
    percent: int


@dataclass(frozen=True)
class Seen:
    """One result, as it stands on the page."""

    row: Result

    @property
    def people(self) -> int:
        return int(self.row.told["people"])

    @cached_property
    def serving(self) -> Range:
        return range_of(self.row.told["serving"])

    @cached_property
    def served(self) -> Range:
        return range_of(self.row.told["served"])

    @cached_property
    def gap(self) -> Range:
        return range_of(self.row.told["gap"])

    @property
    def division(self) -> str:
        """Of a department; empty for a division, and for what is no unit any more."""
        unit = self.row.unit
        return unit.parent.name if unit and unit.parent else ""

    @property
    def finding(self) -> str:
        """The gap in a sentence."""
        return gap_in_words(self.gap)

    @property
    def serving_bars(self) -> list[Bar]:
        return bars(self.row.told["serving"].get("cells", []))

    @property
    def served_bars(self) -> list[Bar]:
        return bars(self.row.told["served"].get("cells", []))

    @property
    def before(self) -> dict[str, Any] | None:
        """What has changed since an earlier pulse, for those served; None where the two may not be compared."""
        told = self.row.told.get("before")
        if told is None:
            return None
        change = range_of(told["served"])
        return {"month": date.fromisoformat(told["month"]), "change": change, "words": change_in_words(change)}


def gap_in_words(gap: Range) -> str:
    if not gap.is_clear:
        return _("Both ends see it alike, as far as one can tell.")
    by = {"by": f"{abs(gap.mean):.1f}"}
    if gap.mean > 0:
        return _("Those who serve see it better than those who are served, by %(by)s of 4 steps.") % by
    return _("Those who are served see it better than those who serve, by %(by)s of 4 steps.") % by


def change_in_words(change: Range) -> str:
    if not change.is_clear:
        return _("no change that could be told from chance.")
    by = {"by": f"{abs(change.mean):.1f}"}
    return (_("up by %(by)s.") if change.mean > 0 else _("down by %(by)s.")) % by


def bars(cells: list[list[int]]) -> list[Bar]:
    total = sum(people for _low, _high, people in cells) or 1
    return [
        Bar(
            str(WORDS[low]) if low == high else f"{WORDS[low]} – {WORDS[high]}",
            people,
            round(100 * people / total),
        )
        for low, high, people in cells
    ]


@dataclass(frozen=True)
class Part:
    """One question of a closed pulse: the whole, and the units that may be shown."""

    asked: Any
    whole: Seen | None
    units: list[Seen]


def parts(pulse: Pulse) -> Iterator[Part]:
    """Question by question, of a pulse that this reader may see; two queries, whatever was asked of whom."""
    rows = Result.objects.published(pulse).select_related("unit__parent")
    seen = sorted((Seen(row) for row in rows), key=lambda one: _order(one.row))
    for asked in pulse.questions.all():
        own = [one for one in seen if one.row.asked_id == asked.pk]
        whole = next((one for one in own if not one.row.place), None)
        yield Part(asked, whole, [one for one in own if one.row.place])


def _order(row: Result) -> tuple[Any, ...]:
    """The organisation's own, whatever was answered: each division with its departments, then units that are gone."""
    unit = row.unit
    if unit is None:
        return (1, row.place)
    top = unit.parent or unit
    return (0, top.position, top.name, top.pk, unit.parent_id is not None, unit.position, row.place)


def alike(pulses: Iterable[Pulse]) -> list[Pulse]:
    """Those that have their title in common with another of these: a list adds their days."""
    named = [(str(pulse), pulse) for pulse in pulses]
    many = Counter(name for name, _pulse in named)
    return [pulse for name, pulse in named if many[name] > 1]


@dataclass(frozen=True)
class Latest:
    """The whole organisation's gap in the latest pulse: over all its questions that could be shown."""

    pulse: Pulse
    serving: float
    served: float
    gap: Range

    @property
    def words(self) -> str:
        return gap_in_words(self.gap)


def latest_gap() -> Latest | None:
    """Of the latest pulse that has one; None before the first. Two queries.

    It is the mean of published gaps. Its interval is the mean of theirs, which is never too narrow: the error of a mean
    is at most the mean of the errors, however they hang together.
    """
    pulses = list(Pulse.objects.closed().filter(results__place="", took_part__isnull=False).distinct()[:1])
    if not pulses:
        return None
    seen = [Seen(row) for row in Result.objects.filter(pulse=pulses[0], place="")]
    gaps = [one.gap for one in seen]
    return Latest(
        pulses[0],
        serving=_mean(one.serving.mean for one in seen),
        served=_mean(one.served.mean for one in seen),
        gap=Range(_mean(one.mean for one in gaps), _mean(one.low for one in gaps), _mean(one.high for one in gaps)),
    )


def _mean(values: Any) -> float:
    numbers = list(values)
    return round(fsum(numbers) / len(numbers), 1)
