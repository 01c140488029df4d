"""Small clubs for the tests: an open one with a book in two sections and a meeting to come, and a private one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.db.models import F
from django.utils import timezone
from PIL import Image

from clubs.choosing.models import Nomination, Poll
from clubs.choosing.services import nominate, open_poll
from clubs.discussion.services import ask, highlight, write_note
from clubs.groups.keeping_out import KeptOut
from clubs.groups.models import Access, Club, JoinRequest, Membership
from clubs.groups.pictures import hang_up
from clubs.groups.services import found_club
from clubs.meetings.dates import offer_dates
from clubs.meetings.models import Meeting
from clubs.meetings.services import arrange
from clubs.reading.models import BookCover, Reading, Section
from clubs.reading.services import Cut, mark_read, read_book
from movement.allies.models import Ally
from tests.cast import make_ally

CUTS = [Cut("Whose counter is it?", 1, 28), Cut("The queue you cannot see", 29, 57)]


def a_club(organiser: Ally, name: str = "The Thursday Table", **fields: Any) -> Club:
    return found_club(organiser=organiser, **{"name": name, "purpose": "A thin book over lunch.", **fields})


def a_member(club: Club, ally: Ally, **fields: Any) -> Membership:
    Club.objects.filter(pk=club.pk).update(seats_taken=F("seats_taken") + 1)
    return Membership.objects.create(club=club, ally=ally, **fields)


def a_reading(club: Club, title: str = "The Long Counter", sections: list[Cut] = CUTS) -> Reading:
    return read_book(club=club, title=title, author="Edda Marlowe-Finch", pages=168, sections=sections)


def a_meeting(club: Club, starts_at: datetime | None = None, **fields: Any) -> Meeting:
    """In three days, unless said otherwise."""
    about = {"zone": "Europe/Berlin", "minutes": 60, "place": "Room Teasel", "agenda": "Ines opens."} | fields
    return arrange(club=club, starts_at=starts_at or timezone.now() + timedelta(days=3), **about)


def a_nomination(member: Membership, title: str = "Slow Trains", reason: str = "Thin.", **fields: Any) -> Nomination:
    return nominate(membership=member, title=title, author="Pell Ashdown", reason=reason, **fields)


def a_poll(club: Club, titles: Sequence[str] = ("Slow Trains", "The Lamp Room"), **rules: Any) -> Poll:
    """For a week, among books that an organiser has proposed."""
    organiser = club.memberships.organisers().first()
    books = [a_nomination(organiser, title).book for title in titles]
    return open_poll(club=club, books=books, **{"closes_at": timezone.now() + timedelta(days=7), **rules})


def a_picture_file(size: tuple[int, int] = (60, 40), kind: str = "JPEG", **more: Any) -> BytesIO:
    file = BytesIO()
    Image.new("RGB", size, "#a9bfa0").save(file, kind, **more)
    file.seek(0)
    return file


def _said_at(section: Section) -> dict[str, Any]:
    """By the organiser; both in the club have read it."""
    for reader in section.reading.club.memberships.all():
        mark_read(section=section, membership=reader)
    host = section.reading.club.memberships.organisers().get()
    return {
        "club_note": write_note(section=section, membership=host, text="Page four."),
        "highlight": highlight(section=section, membership=host, quotation="Nobody asked."),
        "question": ask(section=section, texts=["Who waits?"])[0],
    }


def clubs_world(people: dict[str, Any]) -> dict[str, Any]:
    """For the permission matrix: "organiser" and "member" are the open club's; nobody listed is in the private one."""
    club = a_club(people["organiser"])
    a_member(club, people["member"])
    section = a_reading(club).sections.first()
    poll = a_poll(club)
    BookCover.objects.create(book=section.reading.book, content=b"RIFF", width=60, height=90)
    return {
        "club": club,
        "section": section,
        "meeting": a_meeting(club, sections=[section]),
        "dates": offer_dates(club=club, moments=[timezone.now() + timedelta(days=9)], zone="Europe/Berlin"),
        "been": a_meeting(club, timezone.now() - timedelta(days=4)),
        "join_request": JoinRequest.objects.create(club=club, ally=people["ally"]),
        "kept_out": KeptOut.objects.create(club=club, ally=make_ally("Odo Kestle"), called="Odo Kestle"),
        "membership": club.memberships.get(ally=people["member"]),
        "club_picture": hang_up(club=club, file=a_picture_file()),
        "poll": poll,
        **_said_at(section),
        "nomination": club.nominations.first(),
        "private_club": Club.objects.create(name="The Low Shelf", slug="the-low-shelf", access=Access.PRIVATE),
    }
