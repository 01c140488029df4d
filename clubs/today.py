"""What the clubs put on Today: the next meeting, and a newcomer's step towards one."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clubs.groups.models import Membership
from clubs.meetings.models import Meeting
from clubs.meetings.queries import next_of_ally, seen_by
from clubs.reading.models import Section, SectionRead
from movement.allies.models import Ally
from movement.today import Card, Step, register, register_step


def next_meeting(ally: Ally) -> dict[str, Any] | None:
    meeting = next_of_ally(ally)
    if meeting is None:
        return None
    return {"seen": seen_by(meeting, ally), "reading": _reading(meeting, ally)}


def _reading(meeting: Meeting, ally: Ally) -> str:
    """ "You have read to section 2. Section 3 is 24 pages.": how far one is, and what comes first."""
    wanted = sorted(meeting.sections.all(), key=lambda section: section.position)
    if not wanted:
        return ""
    marks = SectionRead.objects.filter(membership__ally=ally, section__reading=wanted[0].reading_id)
    read = dict(marks.values_list("section__position", "section"))
    ahead = next((section for section in wanted if section.position not in read), None)
    if ahead is None:
        return _("You have read what it is about.")
    return " ".join([_so_far(read), _length(ahead)])


def _so_far(read: dict[int, int]) -> str:
    if not read:
        return _("You have not begun yet.")
    return _("You have read to section %(n)s.") % {"n": max(read)}


def _length(section: Section) -> str:
    said = ngettext("Section %(n)s is %(pages)s page.", "Section %(n)s is %(pages)s pages.", section.length)
    return said % {"n": section.position, "pages": section.length}


def register_clubs() -> None:
    register(
        Card(
            name="next-meeting",
            template="clubs/today_meeting.html",
            gather=next_meeting,
            position=10,
            place="aside",
        )
    )
    register_step(
        Step(
            name="reading-group",
            position=30,
            meta=gettext_lazy("An hour, now and then"),
            title=gettext_lazy("Sit down with a reading group."),
            text=gettext_lazy("A thin book, and people you would not meet otherwise. It need not be finished."),
            url=reverse_lazy("clubs:clubs"),
            label=gettext_lazy("See the groups"),
            done=lambda ally: Membership.objects.filter(ally=ally).exists(),
        )
    )
