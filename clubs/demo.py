"""The demo's reading groups, from the parsed `clubs.json` (its README tells the shape)."""

from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from clubs import demo_books, demo_pictures
from clubs.discussion.models import Note
from clubs.groups.models import Club, JoinRequest, Membership, Waiting
from clubs.groups.pictures import hang_up
from clubs.meetings.demo import add_series, keep_what_it_came_to, look_for_a_day
from clubs.meetings.models import Coming, Meeting, Rsvp
from clubs.meetings.wallclock import HourTwice, NoSuchHour, instant
from clubs.reading.models import Book, Reading, Section, SectionRead, Status
from content.models import Topic
from content.pagecache import forget
from movement.allies.models import Ally
from movement.resolve.milestones import Milestone

Row = dict[str, Any]
#: What a club says of itself, where the data does.
SAID = ("questions", "cap", "starts_with", "language", "time_of_day", "usually", "rules")
#: How people answer, in turn: most come, one in seven cannot say, one in seven cannot.
ANSWERS = (Coming.YES, Coming.YES, Coming.MAYBE, Coming.YES, Coming.YES, Coming.NO, Coming.YES)


@transaction.atomic
def add(*, data: list[Row], allies: list[Ally]) -> list[Club]:
    """Each club with its members, books, meetings, answers and notes."""
    forget()
    return [_add_club(row, allies) for row in data]


@transaction.atomic
def remove() -> None:
    """The demo's clubs with all that is in them; its books stay where a real club has taken one up."""
    forget()
    theirs = Club.objects.filter(is_demo=True)
    Milestone.objects.filter(course="club", number__in=theirs.values("pk")).delete()
    theirs.delete()
    Book.objects.filter(is_demo=True, readings=None, nominations=None, stands=None).delete()


def _add_club(row: Row, allies: list[Ally]) -> Club:
    club = Club.objects.create(
        name=row["name"],
        slug=row["slug"],
        purpose=row["purpose"],
        access=row["access"],
        created_at=_days_ago(row["founded_days_ago"]),
        archived_at=_days_ago(row["archived_days_ago"]) if "archived_days_ago" in row else None,
        seats_taken=len(row["members"]),
        is_demo=True,
        **{name: row[name] for name in SAID if name in row},
    )
    club.topics.set(Topic.objects.filter(slug__in=row.get("topics", ())))
    if "picture" in row:
        hang_up(club=club, file=demo_pictures.picture(row["picture"]))
    members = _add_members(club, row, allies)
    _add_waiting(club, row, allies)
    readings = [_add_reading(club, place, book, row) for place, book in enumerate(row["books"])]
    sections = _add_sections(readings[-1], row) if readings else []
    meetings = [_add_meeting(club, meeting, sections) for meeting in row["meetings"]]
    series = add_series(club, row["series"], _on_the_day) if "series" in row else []
    for place, meeting in enumerate([*meetings, *series]):
        _add_answers(meeting, members, place)
    for meeting, said in zip(meetings, row["meetings"], strict=True):
        _add_rest(meeting, said, members)
    if "dates" in row:
        look_for_a_day(club, row["dates"], members, _on_the_day)
    _add_read(meetings, sections, members)
    _add_notes(row, sections, members, allies)
    by_person = dict(zip(row["members"], members, strict=True))
    demo_books.add(club, row, by_person, readings, sections)
    return club


def _add_members(club: Club, row: Row, allies: list[Ally]) -> list[Membership]:
    """Nobody joined a club before the movement, nor before the club was there."""
    aliases = {entry["person"]: entry["alias"] for entry in row.get("aliases", ())}
    return Membership.objects.bulk_create(
        Membership(
            club=club,
            ally=allies[person],
            is_organiser=person == row["organiser"],
            joined_at=max(club.created_at, allies[person].joined_at),
            alias=aliases.get(person, ""),
            caught_up_at=timezone.now(),
            alias_since=club.created_at if person in aliases else None,
        )
        for person in row["members"]
    )


def _add_waiting(club: Club, row: Row, allies: list[Ally]) -> None:
    """Those in the waiting list, and those who ask to be let in."""
    Waiting.objects.bulk_create(Waiting(club=club, ally=allies[person]) for person in row.get("waiting", ()))
    for asked in row.get("requests", ()):
        answers = [list(pair) for pair in zip(club.questions, asked["answers"], strict=True)]
        JoinRequest.objects.create(club=club, ally=allies[asked["person"]], words=asked["words"], answers=answers)


def _add_reading(club: Club, place: int, book: Row, row: Row) -> Reading:
    status = book["status"]
    about = {name: book[name] for name in ("pages", "year", "description")}
    record, _new = Book.objects.get_or_create(
        title=book["title"], author=book["author"], defaults={**about, "is_demo": True}
    )
    started = club.created_at + timedelta(days=place * row["founded_days_ago"] // (2 * len(row["books"])))
    return Reading.objects.create(club=club, book=record, status=Status(status), started_at=started)


def _add_sections(reading: Reading, row: Row) -> list[Section]:
    return Section.objects.bulk_create(
        Section(reading=reading, position=place, **section) for place, section in enumerate(row["sections"], start=1)
    )


def _add_meeting(club: Club, row: Row, sections: list[Section]) -> Meeting:
    meeting = Meeting.objects.create(
        club=club,
        starts_at=_on_the_day(row["offset_days"], row["time"]),
        zone=settings.TIME_ZONE,
        minutes=row["minutes"],
        place=row["place"],
        agenda=row["agenda"],
        questions=row.get("questions", ""),
        invited_at=timezone.now(),
    )
    meeting.sections.set([sections[place] for place in row["sections"]])
    return meeting


def _add_rest(meeting: Meeting, row: Row, members: list[Membership]) -> None:
    """Its host, its last seat, and what it came to."""
    if row.get("hosted"):
        meeting.host = next(member for member in members if member.is_organiser)
    if row.get("full"):
        meeting.capacity = meeting.seats_taken
    meeting.save()
    keep_what_it_came_to(meeting, row)


def _add_answers(meeting: Meeting, members: list[Membership], turn: int) -> None:
    """The organiser comes; the farther off a meeting, the fewer have answered."""
    soon = meeting.starts_at < timezone.now() + timedelta(days=21)
    answers = {
        member.ally_id: Coming.YES if member.is_organiser else ANSWERS[(place * 3 + turn * 2) % len(ANSWERS)]
        for place, member in enumerate(members)
        if member.is_organiser or (place + turn) % (6 if soon else 2)
    }
    Rsvp.objects.bulk_create(Rsvp(meeting=meeting, ally_id=ally, coming=coming) for ally, coming in answers.items())
    meeting.seats_taken = sum(coming == Coming.YES for coming in answers.values())
    meeting.save(update_fields=["seats_taken"])


def _add_read(meetings: list[Meeting], sections: list[Section], members: list[Membership]) -> None:
    """Most are where the last meeting was, a few a section ahead or behind."""
    met = [meeting for meeting in meetings if meeting.is_over]
    reached = max((section.position for meeting in met for section in meeting.sections.all()), default=0)
    steps = (0, 0, 1, -1, 0, 1, 0, -1, 2)
    SectionRead.objects.bulk_create(
        SectionRead(section=section, membership=member)
        for place, member in enumerate(members)
        for section in sections[: max(reached + steps[place % len(steps)], 0)]
    )


def _add_notes(row: Row, sections: list[Section], members: list[Membership], allies: list[Ally]) -> None:
    """Whoever noted something has read that far."""
    by_ally = {member.ally_id: member for member in members}
    for note in row["notes"]:
        member, section = by_ally[allies[note["person"]].pk], sections[note["section"]]
        for earlier in sections[: note["section"] + 1]:
            SectionRead.objects.get_or_create(section=earlier, membership=member)
        at = _days_ago(note["days_ago"])
        Note.objects.create(section=section, membership=member, text=note["text"], created_at=at)


def _days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def _on_the_day(offset: int, clock: str) -> datetime:
    """That many days from today, at this time by the site's clock; an hour later on the night of a clock change."""
    day = timezone.localdate() + timedelta(days=offset)
    wall = datetime.combine(day, time.fromisoformat(clock))
    try:
        return instant(wall, settings.TIME_ZONE)
    except (NoSuchHour, HourTwice):
        return instant(wall + timedelta(hours=2), settings.TIME_ZONE)
