"""What has been reached and in which quarter, from recorded facts and from what may be told of each month."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from movement.actions.models import Action, Audience
from movement.allies.models import Ally
from movement.spread.figures import Figures, UnitFigures

#: By name: the title, and a line below it.
WORDS = {
    "beginning": (gettext_lazy("The beginning"), gettext_lazy("somebody went first")),
    "action": (gettext_lazy("The first small action"), gettext_lazy("done, and written down")),
    "five": (gettext_lazy("Five in one department"), gettext_lazy("enough to have lunch together")),
    "tenth": (gettext_lazy("One in ten of a department"), gettext_lazy("it is heard of at the next table")),
    "hundred": (gettext_lazy("A hundred allies"), gettext_lazy("in the departments that are counted")),
    "quarter": (gettext_lazy("A quarter of a department"), gettext_lazy("the share at which an experiment tipped")),
    "division": (gettext_lazy("A whole division"), gettext_lazy("every department of it past one in ten")),
}
HUNDRED = 100


@dataclass(frozen=True)
class Milestone:
    name: str
    month: date

    @property
    def title(self) -> str:
        return str(WORDS[self.name][0])

    @property
    def text(self) -> str:
        return str(WORDS[self.name][1])

    @property
    def quarter(self) -> str:
        number = (self.month.month - 1) // 3 + 1
        return _("Quarter %(number)s of %(year)s") % {"number": number, "year": self.month.year}

    def told(self) -> list[Any]:
        return [self.name, self.month.isoformat()]


def from_told(told: list[Any]) -> list[Milestone]:
    return [Milestone(name, date.fromisoformat(month)) for name, month in told]


def milestones(months: list[Figures], facts: list[tuple[str, date]]) -> list[Milestone]:
    """Oldest first. Shown by the quarter: a day can point at a person, and this takes quarters."""
    found = [Milestone(name, month) for name, month in facts]

    def first(name: str, reached: Callable[[Figures], bool]) -> None:
        if of := next((of for of in months if reached(of)), None):
            found.append(Milestone(name, of.month))

    first("five", lambda of: of.counted > 0)
    first("tenth", lambda of: _any(of, lambda unit: unit.is_reached))
    first("hundred", lambda of: of.total.shown >= HUNDRED)
    first("quarter", lambda of: _any(of, lambda unit: unit.is_a_quarter))
    first("division", lambda of: any(division.is_reached for division in of.divisions))
    return sorted(found, key=lambda milestone: milestone.month)


def _any(of: Figures, reached: Callable[[UnitFigures], bool]) -> bool:
    return any(reached(unit) for unit in of.all)


def first_facts() -> list[tuple[str, date]]:
    """When somebody joined and when an action was noted; only what all allies may read, nothing dated before there was
    anybody."""
    first = Ally.objects.active().order_by("joined_at").values_list("joined_at", flat=True).first()
    if first is None:
        return []
    shared = Action.objects.filter(audience=Audience.ALLIES, done_on__gte=first.date()).order_by("done_on")
    action = shared.values_list("done_on", flat=True).first()
    begun = [("beginning", first.date().replace(day=1))]
    return [*begun, ("action", action.replace(day=1))] if action else begun
