"""The four stages of a movement, told from published figures only."""

from dataclasses import asdict, dataclass, replace
from enum import IntEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from movement.spread.figures import DivisionFigures, Figures


class Stage(IntEnum):
    NOT_BEGUN = 0
    HANDFUL = 1
    DEPARTMENT = 2
    DIVISION = 3
    ORGANISATION = 4


NAMES = {
    Stage.NOT_BEGUN: _("Not begun"),
    Stage.HANDFUL: _("A handful"),
    Stage.DEPARTMENT: _("A department"),
    Stage.DIVISION: _("A division"),
    Stage.ORGANISATION: _("The organisation"),
}
RULES = {
    Stage.HANDFUL: _("The first allies have found each other."),
    Stage.DEPARTMENT: _("Five allies or more, and one in ten of its people."),
    Stage.DIVISION: _("Every one of its departments of twelve people or more is that far."),
    Stage.ORGANISATION: _("Every division is."),
}


@dataclass(frozen=True)
class Closest:
    """The division that lacks least: `reached` of its `countable` departments are past one in ten."""

    name: str
    reached: int
    countable: int


@dataclass(frozen=True)
class Standing:
    """Where the movement is. `share` (0 to 1) is how much of the next stage is there already, for drawing."""

    stage: Stage
    share: float
    departments_reached: int
    closest: Closest | None

    @property
    def name(self) -> str:
        return str(NAMES[self.stage])

    @property
    def of_nobody(self) -> "Standing":
        """The same without the division that is closest: for whoever may see the whole only."""
        return replace(self, closest=None)

    def told(self) -> dict[str, Any]:
        return asdict(self) | {"stage": int(self.stage)}


def steps() -> list[dict[str, Any]]:
    """The rungs of the ladder, from the first."""
    return [{"stage": stage, "name": NAMES[stage], "rule": RULES[stage]} for stage in Stage if stage]


def from_told(told: dict[str, Any]) -> Standing:
    closest = told["closest"] and Closest(**told["closest"])
    return Standing(Stage(told["stage"]), told["share"], told["departments_reached"], closest)


def standing(figures: Figures | None, *, has_allies: bool) -> Standing:
    """The highest stage that the published figures reach; None before the first month has ended."""
    divisions = [division for division in figures.divisions if division.countable] if figures else []
    reached = sum(division.reached for division in divisions)
    whole = [division for division in divisions if division.is_reached]
    closest = _closest(divisions)
    if whole and len(whole) == len(divisions):
        return Standing(Stage.ORGANISATION, 1.0, reached, None)
    if whole:
        return Standing(Stage.DIVISION, len(whole) / len(divisions), reached, closest)
    if reached:
        share = closest.reached / closest.countable if closest else 0.0
        return Standing(Stage.DEPARTMENT, share, reached, closest)
    return Standing(Stage.HANDFUL if has_allies else Stage.NOT_BEGUN, 0.0, 0, None)


def _closest(divisions: list[DivisionFigures]) -> Closest | None:
    begun = [division for division in divisions if not division.is_reached and division.reached]
    found = max(begun, key=lambda division: division.reached / len(division.countable), default=None)
    return Closest(found.unit.name, found.reached, len(found.countable)) if found else None
