"""The four stages of a movement, told from published figures only."""

from dataclasses import dataclass
from enum import IntEnum

from django.utils.translation import gettext_lazy as _

from movement.spread.figures import DivisionFigures, Figures

#: A department counts from this coverage on, provided that five of its people are allies (`safety.FEWEST`).
COVERAGE_OF_A_DEPARTMENT = 0.10


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
    Stage.DIVISION: _("Every one of its departments is that far."),
    Stage.ORGANISATION: _("Every division is."),
}


@dataclass(frozen=True)
class Standing:
    """Where the movement is. `share` (0 to 1) is how much of the next stage is there already, for drawing."""

    stage: Stage
    share: float
    departments_reached: int
    closest: DivisionFigures | None

    @property
    def name(self) -> str:
        return str(NAMES[self.stage])


def standing(figures: Figures, *, has_allies: bool) -> Standing:
    """The highest stage that the published figures reach."""
    reached = sum(department.is_reached for division in figures.divisions for department in division.departments)
    whole = [division for division in figures.divisions if division.is_reached]
    begun = [division for division in figures.divisions if not division.is_reached and division.reached]
    closest = max(begun, key=lambda division: division.reached / len(division.departments), default=None)
    if whole and len(whole) == len(figures.divisions):
        return Standing(Stage.ORGANISATION, 1.0, reached, None)
    if whole:
        return Standing(Stage.DIVISION, len(whole) / len(figures.divisions), reached, closest)
    if reached:
        share = closest.reached / len(closest.departments) if closest else 0.0
        return Standing(Stage.DEPARTMENT, share, reached, closest)
    return Standing(Stage.HANDFUL if has_allies else Stage.NOT_BEGUN, 0.0, 0, None)
