"""Putting something on one's list, changing it, being done with it; and one reminder on the morning of its day."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from movement.actions.commitments import Commitment, CommitmentQuerySet, State
from movement.actions.models import Idea
from movement.allies.models import Ally
from movement.resolve.coming_back import FURTHEST_EAST, its_morning
from postbox.kinds import Kind
from postbox.services import notify

KIND = "commitment"
#: At once by one job; what is left over is the next one's.
MOST = 500


@transaction.atomic
def commit_to(*, ally: Ally, text: str, by_on: date | None = None, idea: Idea | None = None) -> Commitment:
    """What is on the list already stays there once."""
    there = Commitment.objects.filter(ally=ally, state=State.OPEN)
    there = there.filter(idea=idea) if idea else there.filter(text=text, by_on=by_on)
    if one := there.first():
        return one
    made, _is_new = Commitment.objects.get_or_create(
        ally=ally, idea=idea, state=State.OPEN, text=text, defaults={"by_on": by_on}
    )
    return made


@transaction.atomic
def change_commitment(*, commitment: Commitment, text: str, by_on: date | None) -> None:
    """A new day will be spoken of once, as the old one was."""
    if by_on != commitment.by_on:
        commitment.reminded_at = None
    commitment.text, commitment.by_on = text, by_on
    commitment.save(update_fields=["text", "by_on", "reminded_at"])


@transaction.atomic
def settle(*, commitment: Commitment, state: State) -> None:
    """Done or dropped: either way it is off the list."""
    commitment.state, commitment.settled_at = state, timezone.now()
    commitment.save(update_fields=["state", "settled_at"])


def remind(now: datetime | None = None) -> int:
    """Every commitment whose morning has come, each once; returns how many."""
    moment = now or timezone.now()
    rows = waiting(moment).order_by("by_on", "pk").values_list("pk", "by_on", "ally__user__timezone")
    due = [number for number, day, zone in rows if day and its_morning(day, zone, moment)]
    return sum(_remind(number, moment) for number in due[:MOST])


def waiting(moment: datetime) -> CommitmentQuerySet:
    reached = (moment + FURTHEST_EAST).date()
    return Commitment.objects.open().filter(by_on__lte=reached, reminded_at=None, ally__user__is_active=True)


@transaction.atomic
def _remind(number: int, moment: datetime) -> bool:
    """The conditional update lets one clock have it; by its own row's columns, which PostgreSQL looks at anew."""
    if not Commitment.objects.open().filter(pk=number, reminded_at=None).update(reminded_at=moment):
        return False
    commitment = Commitment.objects.select_related("ally__user").get(pk=number)
    said = _("The day you set yourself is here: “%(text)s”. Done, moved or dropped, each of them is fine.")
    notify(
        kind=KIND,
        user=commitment.ally.user,
        event=event_of(commitment),
        text=said % {"text": commitment.text[:200]},
        url=reverse("movement:commitments"),
    )
    return True


def event_of(commitment: Commitment) -> str:
    return f"commitment:{commitment.by_on}:{commitment.pk}"


def still_wanted(user: User | None, event: str) -> bool:
    """Asked right before it goes out: it is still on the list, for that day."""
    number = event.rpartition(":")[2]
    found = Commitment.objects.visible_to(user).open().filter(pk=number).first() if user else None
    return found is not None and event_of(found) == event


REMINDED = Kind(
    name=KIND, label=gettext_lazy("The day I set myself has come"), still_wanted=still_wanted, digest="notifications"
)
