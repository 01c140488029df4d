"""What the page reads of an answer, in words and months. Loaded by the web process: computes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from movement.spread.estimates import Expected
from movement.spread.what_if.models import Scenario


@dataclass(frozen=True)
class Beside:
    """One month to come, as it goes now and with what is wished for."""

    as_now: Expected
    then: Expected


@dataclass(frozen=True)
class Answer:
    """`told` is what `computing.tell` kept."""

    month: date
    told: dict[str, Any]

    @property
    def is_too_early(self) -> bool:
        return self.told.get("band") is None

    @property
    def months(self) -> list[Beside]:
        return list(self._months())

    def _months(self) -> Iterator[Beside]:
        for number, (now, then) in enumerate(zip(self.told["base"], self.told["band"], strict=True), start=1):
            month = self.month + relativedelta(months=number)
            yield Beside(Expected(month, *now), Expected(month, *then))

    @property
    def last(self) -> Beside:
        return self.months[-1]

    @property
    def then_words(self) -> str:
        """How many in a year with what is wished for."""
        then = self.last.then
        if then.low == self.most:
            return _("everybody within reach (%(most)s allies)") % {"most": self.most}
        if then.low == then.high:
            return _("about %(number)s allies") % {"number": then.low}
        ends = {"low": then.low, "high": then.high}
        if then.high == self.most:
            return _("between %(low)s allies and everybody within reach (%(high)s)") % ends
        return _("between %(low)s and %(high)s allies") % ends

    @property
    def now_words(self) -> str:
        return span(self.last.as_now.low, self.last.as_now.high)

    @property
    def more_words(self) -> str:
        return span(*self.told["more"])

    @property
    def most(self) -> int | None:
        """Everybody within reach."""
        return self.told.get("most")

    @property
    def changes_nothing(self) -> bool:
        return not any(self.told["more"])


def answer_of(scenario: Scenario | None) -> Answer | None:
    return Answer(scenario.month, scenario.told) if scenario and scenario.told is not None else None


def span(low: int, high: int) -> str:
    """A range whose ends are the same once rounded is none."""
    return (
        _("about %(number)s") % {"number": low}
        if low == high
        else _("%(low)s to %(high)s") % {"low": low, "high": high}
    )
