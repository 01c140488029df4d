"""Small clubs for the tests: an open one with a book in two sections and a meeting to come, and a private one."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from clubs.groups.models import Access, Club, JoinRequest, Membership
from clubs.groups.services import found_club
from clubs.meetings.models import Meeting
from clubs.meetings.services import arrange
from clubs.reading.models import Reading
from clubs.reading.services import Cut, read_book
from movement.allies.models import Ally

CUTS = [Cut("Whose counter is it?", 1, 28), Cut("The queue you cannot see", 29, 57)]


def a_club(organiser: Ally, name: str = "The Thursday Table", **fields: Any) -> Club:
    return found_club(organiser=organiser, **{"name": name, "purpose": "A thin book over lunch.", **fields})


def a_member(club: Club, ally: Ally, **fields: Any) -> Membership:
    return Membership.objects.create(club=club, ally=ally, **fields)


def a_reading(club: Club, title: str = "The Long Counter", sections: list[Cut] = CUTS) -> Reading:
    return read_book(club=club, title=title, author="Edda Marlowe-Finch", pages=168, sections=sections)


def a_meeting(club: Club, starts_at: datetime | None = None, **fields: Any) -> Meeting:
    """In three days, unless said otherwise."""
    about = {"zone": "Europe/Berlin", "minutes": 60, "place": "Room Teasel", "agenda": "Ines opens."} | fields
    return arrange(club=club, starts_at=starts_at or timezone.now() + timedelta(days=3), **about)


def clubs_world(people: dict[str, Any]) -> dict[str, Any]:
    """For the permission matrix: "organiser" and "member" are the open club's; nobody listed is in the private one."""
    club = a_club(people["organiser"])
    a_member(club, people["member"])
    section = a_reading(club).sections.first()
    return {
        "club": club,
        "section": section,
        "meeting": a_meeting(club, sections=[section]),
        "join_request": JoinRequest.objects.create(club=club, ally=people["ally"]),
        "private_club": Club.objects.create(name="The Low Shelf", slug="the-low-shelf", access=Access.PRIVATE),
    }
