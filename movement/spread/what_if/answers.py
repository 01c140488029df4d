"""What the page reads of an answer, in words and months. Loaded by the web process: computes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

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
    def more(self) -> dict[str, int]:
        low, high = self.told["more"]
        return {"low": low, "high": high}

    @property
    def changes_nothing(self) -> bool:
        return not any(self.told["more"])


def answer_of(scenario: Scenario | None) -> Answer | None:
    return Answer(scenario.month, scenario.told) if scenario and scenario.told is not None else None
