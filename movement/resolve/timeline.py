"""Quarter by quarter since somebody came: what was reached, and the quiet quarters between, which are most."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from movement.allies.models import Ally
from movement.resolve.doings import zone_of
from movement.resolve.milestones import Milestone, MilestoneQuerySet, courses

#: So many are drawn; whatever is older stands below them in one.
MOST_QUARTERS = 12
MONTHS = 3


@dataclass(frozen=True)
class Entry:
    on: date
    text: str


@dataclass
class Quarter:
    """`begins` is its first day; None for all that lies further back."""

    begins: date | None
    entries: list[Entry] = field(default_factory=list)
    is_running: bool = False

    @property
    def name(self) -> str:
        if self.begins is None:
            return _("Earlier")
        number = (self.begins.month - 1) // MONTHS + 1
        return _("%(year)s, quarter %(n)s") % {"year": self.begins.year, "n": number}


def quarter_of(day: date) -> date:
    return date(day.year, (day.month - 1) // MONTHS * MONTHS + 1, 1)


def before(quarter: date) -> date:
    month = quarter.month - MONTHS
    return date(quarter.year - (month < 1), month if month > 0 else month + 12, 1)


def entries_of(ally: Ally) -> list[Entry]:
    """All that concerns them and was reached, the newest first: one query for the rows, one for a course's titles."""
    wanted = Q(pk__in=[])
    for course in courses():
        wanted |= Q(course=course.name, number__in=course.of(ally))
    return _said(Milestone.objects.filter(wanted))


def own_entries(ally: Ally) -> list[Entry]:
    return _said(Milestone.objects.own().filter(number=ally.pk))


def _said(milestones: MilestoneQuerySet) -> list[Entry]:
    rows = list(milestones.order_by("-reached_on", "-pk"))
    said = []
    for course in courses():
        theirs = [row for row in rows if row.course == course.name]
        titles = course.titles(sorted({row.number for row in theirs})) if theirs else {}
        there = (row for row in theirs if row.number in titles)
        said += [Entry(row.reached_on, course.say(titles[row.number], row.name)) for row in there]
    return sorted((one for one in said if one.text), key=lambda one: one.on, reverse=True)


def timeline(ally: Ally, today: date) -> list[Quarter]:
    """The running quarter first; as far back as they have been here, twelve quarters at most."""
    joined = ally.joined_at.astimezone(zone_of(ally)).date()
    found, at = entries_of(ally), quarter_of(today)
    quarters: list[Quarter] = []
    while at >= quarter_of(joined) and len(quarters) < MOST_QUARTERS:
        quarters.append(Quarter(at, [one for one in found if quarter_of(one.on) == at], at == quarter_of(today)))
        at = before(at)
    shown = {quarter.begins for quarter in quarters}
    if older := [one for one in found if quarter_of(one.on) not in shown]:
        quarters.append(Quarter(None, older))
    return quarters
