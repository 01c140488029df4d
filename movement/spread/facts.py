"""What happened, as the snapshots count it: rows of (thing, ally), gathered from whoever records them.

    register(Fact.DOING, "actions", rows)      # in `AppConfig.ready()`

`rows(first, last)` gives what happened from the first day to the last (both included, UTC), as pairs of the thing's
number and the ally's. Facts stand where they were recorded; nothing is kept twice. What is deleted there is in no month
that is counted later.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from enum import Enum

Rows = Callable[[date, date], Iterable[tuple[int, int]]]


class Fact(Enum):
    """DOING: the ally did something. ACTION: a small action. TOGETHER: all who share the thing did it together.
    CLUB: the ally was in that club on the last day. MEETING: the ally came to it."""

    DOING = "doing"
    ACTION = "action"
    TOGETHER = "together"
    CLUB = "club"
    MEETING = "meeting"


_sources: dict[tuple[Fact, str], Rows] = {}


def register(fact: Fact, name: str, rows: Rows) -> None:
    _sources[fact, name] = rows


def facts(fact: Fact, first: date, last: date) -> Iterable[tuple[str, int, int]]:
    """(name of the source, thing, ally), source by source."""
    for (kind, name), rows in sorted(_sources.items(), key=lambda item: item[0][1]):
        if kind == fact:
            for thing, ally in rows(first, last):
                yield name, thing, ally


def moments(first: date, last: date) -> tuple[datetime, datetime]:
    """From the first moment of the first day until the last day is over: for a range of times."""
    begin = datetime.combine(first, datetime.min.time(), tzinfo=UTC)
    return begin, datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=UTC)
