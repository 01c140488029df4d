"""What a report can hold. All of it is of the whole organisation, or of its divisions: figures of single departments,
and names of departments, stay with the allies."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Section(models.TextChoices):
    STAGE = "stage", _("The stage it has come to")
    GROWTH = "growth", _("How it grew, and where that leads")
    DOING = "doing", _("What is done, week by week")
    CARRYING = "carrying", _("Whether it carries itself")
    GAP = "gap", _("Believed, and received")
    MILESTONES = "milestones", _("Milestones")
    STAYING = "staying", _("Who stays with it")
    TIES = "ties", _("Ties across departments")
    PULSE = "pulse", _("The latest pulse")
    DIVISIONS = "divisions", _("Division by division")


DEFAULT = (Section.STAGE, Section.GROWTH, Section.DOING, Section.CARRYING, Section.GAP, Section.MILESTONES)
#: So many fit on two pages: of 95 mixtures, with the longest note and tables, one needed a third (`report.css`).
MOST = 6
#: These need the whole width of the page.
WIDE = frozenset({Section.STAGE, Section.GROWTH, Section.DOING, Section.DIVISIONS})


class Placed(NamedTuple):
    section: Section
    is_wide: bool

    @property
    def is_narrow_kind(self) -> bool:
        """Its picture is for half a page, also where it has all of it."""
        return self.section not in WIDE

    @property
    def template(self) -> str:
        return f"movement/spread/report/{self.section.value}.html"


def placed(sections: Sequence[Section]) -> list[Placed]:
    """In their order; a narrow one draws the next narrow one to its side, and the last gets the whole width if none is
    left for it."""
    waiting, found = list(sections), []
    while waiting:
        first = waiting.pop(0)
        beside = None if first in WIDE else next((other for other in waiting if other not in WIDE), None)
        if beside is None:
            found.append(Placed(first, True))
        else:
            waiting.remove(beside)
            found += [Placed(first, False), Placed(beside, False)]
    return found
