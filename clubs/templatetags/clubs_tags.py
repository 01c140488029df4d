"""What other floors' pages show of the reading groups, and the drawings of their own."""

from typing import Any

from django.conf.locale import LANG_INFO
from django.template import Context, Library
from django.utils.translation import gettext as _

from clubs.covers import cover_of
from clubs.groups.models import Club, Membership
from clubs.groups.queries import in_common, mix_of
from clubs.meetings.models import Meeting
from clubs.meetings.queries import next_open
from clubs.meetings.wording import numbers, title
from clubs.reading.models import Book
from movement.allies.models import Ally
from movement.permissions import ally_of

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
def cover(book: Book, *, club: Club, decorative: bool = False, lazy: bool = False) -> dict[str, Any]:
    """The picture that was hung up, else the drawn one, as this club shows it. The book was read `with_cover()`.

    `decorative` where title and author stand beside it anyway, `lazy` below the first screen.
    """
    picture = getattr(book, "picture", None)
    drawn = None if picture else cover_of(book)
    return {"book": book, "club": club, "picture": picture, "cover": drawn, "decorative": decorative, "lazy": lazy}


@register.simple_tag
def part_of(member: Membership, *, me: Ally) -> str:
    """What stands below a member's name: whether they organise, and as much of their place as they show."""
    parts = [_("organises")] if member.is_organiser else []
    if member.ally_id == me.pk:
        parts.append(_("you"))
    elif member.is_by_alias:
        parts.append(_("alias"))
    elif member.shown_place:
        parts.append(member.shown_place.name)
    return ", ".join(parts)


@register.inclusion_tag("clubs/groups/ring.html")
def mix_ring(club: Club) -> dict[str, Any]:
    """A ring of as many arcs as departments; nothing where that is not to be told."""
    return {"mix": mix_of(club)}


@register.filter
def language_name(code: str) -> str:
    """By the name its own speakers give it."""
    return str(LANG_INFO.get(code, {}).get("name_local", code))


@register.simple_tag
def meeting_title(meeting: Meeting) -> str:
    """What it is called where its club stands beside it."""
    return title(meeting)


@register.inclusion_tag("clubs/groups/in_common.html", takes_context=True)
def clubs_in_common(context: Context, ally: Ally) -> dict[str, Any]:
    """The clubs where this ally shows themselves to whoever looks, as fellow members."""
    return {"clubs": in_common(ally_of(context["request"].user), ally)}


@register.filter
def of(mapping: dict[Any, Any], key: Any) -> Any:
    """`mapping[key]`, or None."""
    return mapping.get(key)
