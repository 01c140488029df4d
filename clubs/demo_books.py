"""The demo's proposals and polls, questions and passages, verdicts and places, from `clubs.json`."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from clubs.choosing.models import Ballot, Closing, Nomination, Option, Poll
from clubs.choosing.services import shut
from clubs.discussion.models import Highlight
from clubs.discussion.services import ask
from clubs.groups.models import Club, Membership
from clubs.reading.models import Book, Copy, Reading, Section, SectionRead, Verdict
from clubs.reading.progress import take_place
from clubs.reading.schedule import evenly

Row = dict[str, Any]


def add(club: Club, row: Row, members: dict[int, Membership], readings: list[Reading], sections: list[Section]) -> None:
    """`members` by the person's place in the data."""
    books = [_nominate(club, one, members) for one in row.get("nominations", ())]
    for poll in row.get("polls", ()):
        _poll(club, poll, books, list(members.values()))
    for one in row.get("to_talk_about", ()):
        ask(section=sections[one["section"]], texts=[one["text"]])
    for one in row.get("highlights", ()):
        section, member = sections[one["section"]], members[one["person"]]
        for earlier in sections[: one["section"] + 1]:
            SectionRead.objects.get_or_create(section=earlier, membership=member)
        about = {name: one[name] for name in ("quotation", "page", "why")}
        Highlight.objects.create(section=section, membership=member, created_at=club.created_at, **about)
    for one in row.get("verdicts", ()):
        said = {name: one.get(name, "") for name in ("words", "differently")}
        Verdict.objects.create(
            reading=readings[0], membership=members[one["person"]], stars=one["stars"], may_travel=True, **said
        )
    for one in row.get("places", ()):
        take_place(reading=readings[-1], membership=members[one["person"]], page=one["page"], is_named=True)
    for person in row.get("lenders", ()):
        Copy.objects.create(book=readings[-1].book, membership=members[person])
    if "schedule" in row:
        _date(sections, row["schedule"])


def _nominate(club: Club, one: Row, members: dict[int, Membership]) -> Book:
    about = {"pages": one["pages"], "is_demo": True}
    book, _new = Book.objects.get_or_create(title=one["title"], author=one["author"], defaults=about)
    Nomination.objects.create(
        club=club,
        book=book,
        membership=members[one["person"]],
        reason=one["reason"],
        may_travel=one.get("may_travel", False),
        made_at=timezone.now() - timedelta(days=one["days_ago"]),
    )
    return book


def _poll(club: Club, row: Row, books: list[Book], voters: list[Membership]) -> None:
    """The ballots go round among the members; one whose time is up is closed as the clock would."""
    now = timezone.now()
    poll = Poll.objects.create(
        club=club,
        method=row["method"],
        opened_at=now - timedelta(days=row["opened_days_ago"]),
        closes_at=now + timedelta(days=row["closes_in_days"], minutes=-5),
        lot=[book.pk for book in books],
    )
    reasons = dict(club.nominations.values_list("book", "reason"))
    Option.objects.bulk_create(
        Option(poll=poll, book=book, position=place, reason=reasons[book.pk])
        for place, book in enumerate(books, start=1)
    )
    ballots = row["ballots"]
    Ballot.objects.bulk_create(
        Ballot(poll=poll, membership=voter, marks=[books[mark].pk for mark in ballots[place % len(ballots)]])
        for place, voter in enumerate(voters[1:])
    )
    if row["closes_in_days"] <= 0:
        shut(poll, why=Closing.TIME, at=poll.closes_at)


def _date(sections: list[Section], row: Row) -> None:
    today = timezone.localdate()
    first, last = (today + timedelta(days=row[name]) for name in ("first_in_days", "last_in_days"))
    days = evenly([one.length for one in sections], first, last, catch_up_after=row.get("catch_up_after"))
    for section, day in zip(sections, days, strict=True):
        section.due_on = day
    Section.objects.bulk_update(sections, ["due_on"])
    Reading.objects.filter(pk=sections[0].reading_id).update(catch_up_after=row.get("catch_up_after"))
