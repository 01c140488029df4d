"""What the page of a club shows to its members, and to everybody."""

from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone

from accounts.models import User
from clubs.discussion.queries import gates, latest_notes
from clubs.groups.models import Access, Club, JoinRequest, Membership
from clubs.groups.queries import fellows
from clubs.meetings.forms import AnswerForm
from clubs.meetings.models import Meeting
from clubs.meetings.queries import next_of_club, seen_by
from clubs.meetings.wording import title
from clubs.permissions import can_organise
from clubs.reading.models import Section
from clubs.reading.queries import current_reading, progress
from movement.allies.models import Ally

LATEST_NOTES = 6


def for_member(membership: Membership, user: User) -> dict[str, Any]:
    """Where the group is in its book, what it talks about, when it meets, and who shows themselves."""
    club = membership.club
    organises = can_organise(membership)
    meeting = next_of_club(club)
    seen = seen_by(meeting, membership.ally) if meeting else None
    return {
        "club": club,
        "membership": membership,
        "me": membership.ally,
        "organises": organises,
        "asking": club.join_requests.count() if organises else 0,
        "seen": seen,
        "form": AnswerForm(initial={"coming": seen.coming}) if seen else None,
        "fellows": fellows(club),
        **_book(club, membership, user),
    }


def _book(club: Club, membership: Membership, user: User) -> dict[str, Any]:
    reading = current_reading(club)
    if reading is None:
        return {"reading": None}
    sections = list(reading.sections.all())
    where = progress(reading=reading, membership=membership, sections=sections)
    return {
        "reading": reading,
        "where": where,
        "add_to": sections[max(where.reached - 1, 0)] if sections else None,
        "days": _days(sections),
        "notes": latest_notes(read=where.mine, user=user, limit=LATEST_NOTES),
        "gates": gates(sections=sections, read=where.mine, user=user),
    }


class Day(NamedTuple):
    at: datetime
    is_over: bool


def _days(sections: list[Section]) -> dict[int, Day]:
    """When each section is on the table, or was the last time."""
    meetings = Meeting.objects.standing().filter(sections__in=sections).order_by("starts_at")
    now = timezone.now()
    return {section: Day(at, at < now) for section, at in meetings.values_list("sections", "starts_at")}


def for_everybody(club: Club, ally: Ally | None) -> dict[str, Any]:
    """No member, no number of members; of its meetings only an open club's next."""
    reading = current_reading(club)
    meeting = next_of_club(club) if club.access == Access.OPEN else None
    return {
        "club": club,
        "ally": ally,
        "reading": reading,
        "sections": list(reading.sections.all()) if reading else [],
        "meeting": meeting,
        "title": title(meeting) if meeting else "",
        "has_asked": bool(ally) and JoinRequest.objects.filter(club=club, ally=ally).exists(),
    }
