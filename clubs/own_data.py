"""Personal data in the clubs (design rule 11)."""

from django.db.models import Model

from accounts.models import User
from accounts.personal_data import declare, delete_rows, rows
from clubs.discussion.models import Note
from clubs.groups.models import JoinRequest, Membership
from clubs.meetings.models import CalendarKey, Rsvp
from clubs.meetings.services import withdraw
from clubs.reading.models import SectionRead
from clubs.services import leave_all
from movement.allies.models import Ally

#: What is exported of each, after the way to its owner.
EXPORTED: dict[type[Model], tuple[str, ...]] = {
    Rsvp: ("ally__user", "meeting__club__name", "meeting__starts_at", "coming"),
    Note: ("membership__ally__user", "section__title", "page", "text", "created_at"),
    SectionRead: ("membership__ally__user", "section__title", "at"),
    JoinRequest: ("ally__user", "club__name", "words", "asked_at"),
    CalendarKey: ("ally__user", "replaced_at"),
    Membership: ("ally__user", "club__name", "is_organiser", "joined_at"),
}


def declare_clubs() -> None:
    """The answers go first, so that their seats are free; the memberships last."""
    erased = {Rsvp: _withdraw, Membership: leave_all}
    for model, (owner, *fields) in EXPORTED.items():
        declare(model, export=rows(model, owner, *fields), erase=erased.get(model) or delete_rows(model, owner))


def _withdraw(user: User) -> None:
    for ally in Ally.objects.filter(user=user):
        withdraw(ally=ally)
