"""The months of two as a picture: what who serves believes above what who is served receives. Geometry only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from movement.personas.ratings import Mark

LEFT, RIGHT, LOW, STEP = 94, 344, 226.0, 52.5


class Months(Protocol):
    """A month of two, or of everybody: both from 1 to 5, None where there is nothing to read."""

    @property
    def month(self) -> date: ...
    @property
    def server(self) -> Any: ...
    @property
    def served(self) -> Any: ...


@dataclass(frozen=True, kw_only=True)
class Column:
    x: float
    month: date
    server: float | None
    served: float | None

    @property
    def is_one(self) -> bool:
        return self.server is not None and self.server == self.served

    @property
    def dashes(self) -> tuple[float, float] | None:
        """From below the upper dot to above the lower one."""
        if self.server is None or self.served is None or self.is_one:
            return None
        high, low = sorted((self.server, self.served))
        return high + 9, low - 9


def columns(months: Sequence[Months]) -> list[Column]:
    """One month stands in the middle, several from the left to the right."""
    apart = (RIGHT - LEFT) / max(1, len(months) - 1)
    first = LEFT if len(months) > 1 else (LEFT + RIGHT) / 2
    return [
        Column(x=round(first + number * apart, 1), month=one.month, server=_y(one.server), served=_y(one.served))
        for number, one in enumerate(months)
    ]


def _y(mark: Any) -> float | None:
    return None if mark is None else round(LOW - (float(mark) - 1) * STEP, 1)


def levels() -> list[tuple[float, Any]]:
    """The line of each mark, and its word."""
    return [(LOW - (mark - 1) * STEP, mark.label) for mark in Mark]
