"""Telling an inviter that somebody has come: only of those who let themselves be seen, and without their name.

The page that the notification leads to shows the name as long as its bearer shows it; a row here never has to be
taken back.
"""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from movement.allies.models import Ally
from movement.invitations.queries import named
from postbox.kinds import Kind
from postbox.services import notify

KIND = "came-through-me"


def thank(*, inviter: Ally, joined: Ally) -> None:
    if not named(Ally.objects.filter(pk=joined.pk)).exists():
        return
    notify(
        kind=KIND,
        user=inviter.user,
        event=_event(joined.public_id),
        text=_("Somebody you asked has joined, and lets themselves be seen. Thank you for asking."),
        url=reverse("movement:invite") + "#came",
    )


def _event(number: int) -> str:
    return f"came:{number}"


def still_shown(user: User, events: Collection[str]) -> set[str]:
    """Whoever has become quiet since, or goes by an alias, or left, is not told of any more."""
    came = named(Ally.objects.filter(invited_by__user=user))
    numbers = [event.partition(":")[2] for event in events]
    return {_event(number) for number in came.filter(public_id__in=numbers).values_list("public_id", flat=True)}


CAME = Kind(
    name=KIND,
    label=gettext_lazy("Somebody joined through me"),
    shown=still_shown,
    is_unasked=True,
    digest="notifications",
)
