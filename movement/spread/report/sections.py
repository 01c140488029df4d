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
#: So many fit on two pages, whichever they are.
MOST = 6
#: These need the whole width of the page.
WIDE = frozenset({Section.STAGE, Section.GROWTH, Section.DOING, Section.DIVISIONS})


class Placed(NamedTuple):
    section: Section
    is_wide: bool

    @property
    def template(self) -> str:
        return f"movement/spread/report/{self.section.value}.html"


def placed(sections: Sequence[Section]) -> list[Placed]:
    """In their order, two narrow ones side by side; one that stands alone gets the whole width."""
    found: list[Placed] = []
    narrow: Section | None = None
    for section in sections:
        if section not in WIDE and narrow is None:
            narrow = section
            continue
        if narrow is not None:
            found.append(Placed(narrow, section in WIDE))
            narrow = None
            if section not in WIDE:
                found.append(Placed(section, False))
                continue
        found.append(Placed(section, True))
    return [*found, Placed(narrow, True)] if narrow is not None else found
