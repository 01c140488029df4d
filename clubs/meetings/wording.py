"""How a meeting is spoken of, wherever it stands: page, Today, calendar, mail."""

from django.db.models import Prefetch
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clubs.meetings.models import Meeting
from clubs.reading.models import Section

#: What these words need at hand; without it each costs a query.
NEEDED = Prefetch("sections", Section.objects.select_related("reading__book"))


def title(meeting: Meeting) -> str:
    """ "The Long Counter, sections 3 and 4", or the club's name where no section is on the table."""
    sections = list(meeting.sections.all())
    if not sections:
        return meeting.club.name
    return f"{sections[0].reading.book.title}, {numbers(meeting)}"


def with_club(meeting: Meeting) -> str:
    """Where the club does not stand beside it already: "The Thursday Table: The Long Counter, sections 3 and 4"."""
    return f"{meeting.club.name}: {title(meeting)}" if meeting.sections.all() else meeting.club.name


def numbers(meeting: Meeting) -> str:
    """ "sections 3 and 4"."""
    places = sorted(section.position for section in meeting.sections.all())
    joined = get_text_list([str(place) for place in places], _("and"))
    return ngettext("section %(numbers)s", "sections %(numbers)s", len(places)) % {"numbers": joined}
