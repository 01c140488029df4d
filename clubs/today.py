"""What the clubs put on Today: the next meeting, and a newcomer's step towards one."""

from typing import Any

from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clubs.groups.models import Membership
from clubs.meetings.models import Meeting
from clubs.meetings.queries import next_of_ally
from clubs.reading.models import Section
from movement.allies.models import Ally
from movement.today import Card, Step, register, register_step


def next_meeting(ally: Ally) -> dict[str, Any]:
    """The meeting; where there is none, what a group is."""
    seen = next_of_ally(ally)
    if seen is None:
        return {"seen": None}
    day = date_format(timezone.localtime(seen.meeting.starts_at), "l j F")
    return {
        "seen": seen,
        "reading": _reading(seen.meeting),
        "in_short": _("You meet on %(day)s.") % {"day": day},
    }


def _reading(meeting: Meeting) -> str:
    """ "You have read to section 2. Section 3 is 24 pages.": how far one is, and what comes first."""
    wanted = sorted(meeting.sections.all(), key=lambda section: section.position)
    if not wanted:
        return ""
    ahead = next((section for section in wanted if not section.is_read), None)  # type: ignore[attr-defined]
    if ahead is None:
        return _("You have read what it is about.")
    return " ".join([_so_far(wanted[0].read_to), _length(ahead)])  # type: ignore[attr-defined]


def _so_far(read_to: int | None) -> str:
    return _("You have read to section %(n)s.") % {"n": read_to} if read_to else _("You have not begun yet.")


def _length(section: Section) -> str:
    if not section.length:
        return _("Section %(n)s is next.") % {"n": section.position}
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
            done=lambda ally: Membership.objects.filter(ally=ally),
        )
    )
