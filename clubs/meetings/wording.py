"""How a meeting is spoken of, wherever it stands: page, Today, calendar, mail."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from clubs.meetings.models import Meeting
from clubs.reading.models import Section

#: What these words need at hand; without it each costs a query.
NEEDED = Prefetch("sections", Section.objects.select_related("reading__book"))


def title(meeting: Meeting) -> str:
    """Its own; else "The Long Counter, sections 3 and 4", or the club's name where no section is on the table."""
    if meeting.title:
        return meeting.title
    sections = list(meeting.sections.all())
    if not sections:
        return meeting.club.name
    return f"{sections[0].reading.book.title}, {numbers(meeting)}"


def with_club(meeting: Meeting) -> str:
    """Where the club does not stand beside it already: "The Thursday Table: The Long Counter, sections 3 and 4"."""
    said = title(meeting)
    return f"{meeting.club.name}: {said}" if said != meeting.club.name else said


def numbers(meeting: Meeting) -> str:
    """ "sections 3 and 4"."""
    places = sorted(section.position for section in meeting.sections.all())
    joined = get_text_list([str(place) for place in places], _("and"))
    return ngettext("section %(numbers)s", "sections %(numbers)s", len(places)) % {"numbers": joined}


def lines(text: str) -> list[str]:
    """What was typed one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def by_clock_of(meeting: Meeting, user: User) -> datetime | None:
    """When it begins by this person's own clock, where that shows something else than the clock on the spot."""
    mine = meeting.starts_at.astimezone(ZoneInfo(user.timezone or settings.TIME_ZONE))
    return mine if mine.replace(tzinfo=None) != meeting.local_start.replace(tzinfo=None) else None
