"""What other floors' pages show of the reading groups, and the drawings of their own."""

from typing import Any

from django.template import Library
from django.utils.translation import gettext as _

from clubs.covers import cover_of
from clubs.groups.models import Membership
from clubs.meetings.queries import next_open
from clubs.meetings.wording import numbers
from clubs.reading.models import Book
from movement.allies.models import Ally, Visibility

register = Library()


@register.inclusion_tag("clubs/open_meeting.html")
def open_meeting() -> dict[str, Any]:
    """The next meeting that anybody may come to, for the home page: no member is named. Nothing when there is none."""
    meeting = next_open()
    if meeting is None:
        return {"meeting": None}
    sections = list(meeting.sections.all())
    book = sections[0].reading.book if sections else None
    return {"meeting": meeting, "club": meeting.club, "book": book, "numbers": numbers(meeting) if sections else ""}


@register.inclusion_tag("clubs/reading/cover.html")
def cover(book: Book, *, decorative: bool = False) -> dict[str, Any]:
    """The drawn cover; `decorative` where title and author stand beside it anyway."""
    return {"book": book, "cover": cover_of(book), "decorative": decorative}


@register.simple_tag
def part_of(member: Membership, *, me: Ally) -> str:
    """What stands below a member's name: whether they organise, and as much of their place as they show."""
    parts = [_("organises")] if member.is_organiser else []
    if member.ally_id == me.pk:
        parts.append(_("you"))
    elif member.ally.visibility == Visibility.ALIAS:
        parts.append(_("alias"))
    elif member.ally.shown_place:
        parts.append(member.ally.shown_place.name)
    return ", ".join(parts)


@register.filter
def of(mapping: dict[Any, Any], key: Any) -> Any:
    """`mapping[key]`, or None."""
    return mapping.get(key)
