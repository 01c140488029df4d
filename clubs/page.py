"""What the page of a club shows to its members, and to everybody."""

from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clubs.discussion.queries import gates, latest_notes, seen_sections
from clubs.groups.forms import AskForm
from clubs.groups.keeping_out import is_kept_out
from clubs.groups.models import Access, Club, JoinRequest, Membership, Waiting
from clubs.groups.queries import AT_A_GLANCE, fellows, mix_of
from clubs.meetings.models import Meeting
from clubs.meetings.own_forms import AnswerForm
from clubs.meetings.queries import Seen, next_of_club, seen_by
from clubs.meetings.wording import title
from clubs.permissions import can_ask_to_join, can_note_to_host, can_organise, can_revive
from clubs.reading.models import Section
from clubs.reading.progress import places_of
from clubs.reading.queries import current_reading, progress, read_before
from movement.allies.models import Ally

LATEST_NOTES, LATEST_BOOKS = 6, 12


def for_member(membership: Membership, user: User) -> dict[str, Any]:
    """Where the group is in its book, what it talks about, when it meets, and who shows themselves."""
    club = membership.club
    organises = can_organise(membership)
    meeting = next_of_club(club)
    seen = seen_by(meeting, membership.ally) if meeting else None
    shown = fellows(club, AT_A_GLANCE + 1)
    book = _book(club, membership, user)
    return {
        **_frame(club),
        "membership": membership,
        "me": membership.ally,
        "organises": organises,
        "may_revive": can_revive(membership),
        "asking": club.asking if organises else 0,  # type: ignore[attr-defined]
        "seen": seen,
        "form": AnswerForm(initial=seen.answered, may_note=can_note_to_host(membership)) if seen else None,
        "fellows": shown[:AT_A_GLANCE],
        "more_fellows": len(shown) > AT_A_GLANCE,
        "before": read_before(club, LATEST_BOOKS),
        "next_thing": next_thing(club, book["reading"], meeting, shown) if organises else None,
        **book,
        "opened": _opened_at(seen, book),
    }


def _opened_at(seen: Seen | None, book: dict[str, Any]) -> set[int] | None:
    """What is open to this member, where the book at hand tells it for all that the meeting is about; None where it
    has to be asked for: the meeting is about another book, or there is none at hand.
    """
    reading = book["reading"]
    if seen is None or reading is None:
        return None
    at_hand = {section.pk for section in book["where"].sections}
    return book["opened"] if seen.section_ids <= at_hand else None


class Thing(NamedTuple):
    """The one thing for the organiser to do next."""

    title: str | Promise
    text: str | Promise
    url: str
    label: str | Promise


def next_thing(club: Club, reading: Any, meeting: Meeting | None, shown: list[Membership]) -> Thing | None:
    """A book, then a day, then people; nothing once all are there. What is unseen does not count."""
    where = {"slug": club.slug}
    if reading is None:
        return Thing(
            _("Next: a book"),
            _("Thin is good. Its sections can be typed in as lines."),
            reverse("clubs:new_book", kwargs=where),
            _("Choose a book"),
        )
    if meeting is None:
        return Thing(
            _("Next: a day"),
            _("A date that stands brings people sooner than one that is still being found."),
            reverse("clubs:new_meeting", kwargs=where),
            _("Arrange a meeting"),
        )
    if len(shown) < 2:
        return Thing(
            _("Next: company"),
            _("A link lets in whoever you hand it to. Two are a table already."),
            reverse("clubs:members", kwargs=where) + "#bring",
            _("Invite people"),
        )
    return None


def _frame(club: Club) -> dict[str, Any]:
    """What stands around every page of a club (read `for_its_page`), whoever sees it."""
    return {"club": club, "picture": getattr(club, "picture", None), "mix": mix_of(club)}


def _book(club: Club, membership: Membership, user: User) -> dict[str, Any]:
    reading = current_reading(club)
    if reading is None:
        return {"reading": None}
    sections = seen_sections(reading, membership)
    read = frozenset(section.pk for section in sections if section.is_read)  # type: ignore[attr-defined]
    where = progress(reading=reading, membership=membership, sections=sections, read=read)
    places = places_of(reading, membership)
    seen = {section.pk for section in sections if section.is_open}  # type: ignore[attr-defined]
    return {
        "reading": reading,
        "where": where,
        "place": places.own,
        "named": places.named,
        "add_to": sections[max(where.reached - 1, 0)] if sections else None,
        "days": _days(sections),
        "notes": latest_notes(read=seen, user=user, limit=LATEST_NOTES),
        "opened": seen,
        "gates": gates(sections=sections, read=seen, user=user),
    }


class Day(NamedTuple):
    at: datetime
    is_over: bool


def _days(sections: list[Section]) -> dict[int, Day]:
    """When each section is on the table, or was the last time."""
    meetings = Meeting.objects.standing().filter(sections__in=sections).order_by("starts_at")
    now = timezone.now()
    return {section: Day(at, at < now) for section, at in meetings.values_list("sections", "starts_at")}


def for_everybody(club: Club, ally: Ally | None, form: AskForm | None = None) -> dict[str, Any]:
    """No member, no number of members; of its meetings only an open club's next. `form` is one that failed."""
    reading = current_reading(club)
    meeting = next_of_club(club) if club.access == Access.OPEN else None
    return {
        **_frame(club),
        "topics": list(club.topics.all()),
        "ally": ally,
        "reading": reading,
        "sections": list(reading.sections.all()) if reading else [],
        "meeting": meeting,
        "title": title(meeting) if meeting else "",
        "has_asked": bool(ally) and JoinRequest.objects.filter(club=club, ally=ally).exists(),
        "is_kept_out": ally is not None and is_kept_out(club=club, ally=ally),
        "is_waiting": bool(ally) and Waiting.objects.filter(club=club, ally=ally).exists(),
        "form": form or (AskForm(questions=club.questions) if can_ask_to_join(club) else None),
    }
