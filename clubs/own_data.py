"""Personal data in the clubs (design rule 11)."""

from collections.abc import Iterator

from django.db.models import Model

from accounts.models import User
from accounts.personal_data import declare, delete_rows, known_by, rows
from clubs.choosing.models import Ballot, Nomination
from clubs.discussion.models import Highlight, Note, Peek
from clubs.groups.keeping_out import KeptOut
from clubs.groups.models import JoinRequest, Membership, Waiting
from clubs.meetings.afterwards import Attendance
from clubs.meetings.answering import withdraw
from clubs.meetings.dates import TimeAnswer
from clubs.meetings.models import CalendarKey, ReminderWish, Rsvp
from clubs.reading.models import Copy, Place, SectionRead, Verdict
from clubs.services import leave_all
from movement.allies.models import Ally

#: What is exported of each, after the way to its owner.
EXPORTED: dict[type[Model], tuple[str, ...]] = {
    Rsvp: ("ally__user", "meeting__club__name", "meeting__starts_at", "coming", "note", "answered_at"),
    TimeAnswer: ("membership__ally__user", "membership__club__name", "time__starts_at", "fits"),
    Attendance: ("membership__ally__user", "membership__club__name", "meeting__starts_at", "noted_at"),
    Note: ("membership__ally__user", "section__title", "page", "text", "created_at"),
    Highlight: ("membership__ally__user", "section__title", "page", "quotation", "why", "created_at"),
    Peek: ("membership__ally__user", "section__title"),
    Place: ("membership__ally__user", "reading__book__title", "page", "percent", "is_named", "at"),
    Verdict: (
        "membership__ally__user",
        "reading__book__title",
        "stars",
        "words",
        "differently",
        "may_travel",
        "said_at",
    ),
    Copy: ("membership__ally__user", "book__title", "offered_at"),
    Nomination: ("membership__ally__user", "club__name", "book__title", "reason", "may_travel", "made_at"),
    Ballot: ("membership__ally__user", "poll__club__name", "marks"),
    SectionRead: ("membership__ally__user", "section__title", "at"),
    JoinRequest: ("ally__user", "club__name", "words", "answers", "asked_at"),
    Waiting: ("ally__user", "club__name", "since"),
    KeptOut: ("ally__user", "club__name", "called", "since"),
    CalendarKey: ("ally__user", "is_discreet", "replaced_at"),
    ReminderWish: ("ally__user", "times"),
    Membership: ("ally__user", "club__name", "is_organiser", "joined_at", "alias"),
}


def declare_clubs() -> None:
    """The answers go first, so that their seats are free; the memberships last."""
    known_by(aliases_of)
    erased = {Rsvp: _withdraw, Membership: leave_all}
    for model, (owner, *fields) in EXPORTED.items():
        declare(model, export=rows(model, owner, *fields), erase=erased.get(model) or delete_rows(model, owner))


def aliases_of(user: User) -> Iterator[str]:
    yield from Membership.objects.filter(ally__user=user).exclude(alias="").values_list("alias", flat=True)


def _withdraw(user: User) -> None:
    for ally in Ally.objects.filter(user=user):
        withdraw(ally=ally)
