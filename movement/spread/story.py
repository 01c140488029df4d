"""What happened in one unit, in sentences: from what may be told of its months."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from movement.spread.figures import UnitFigures


@dataclass(frozen=True)
class Event:
    month: date
    text: str


def story(months: list[UnitFigures]) -> list[Event]:
    """Oldest first; `months` come newest first. Only what has been reached: a department is not told off."""
    in_order = list(reversed(months))
    found = []

    def first(reached: Callable[[UnitFigures], bool], text: str) -> None:
        if month := next((month for month in in_order if reached(month)), None):
            found.append(Event(month.month, text))

    first(lambda month: month.allies.is_shown, _("Five or more: it can be counted."))
    first(lambda month: month.is_reached, _("One in ten."))
    first(lambda month: month.is_a_quarter, _("A quarter of everybody."))
    first(lambda month: bool(month.ties), _("Its people do things together with people from other departments."))
    return sorted(found, key=lambda event: event.month)
