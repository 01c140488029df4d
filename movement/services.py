"""What takes more than one feature: becoming an ally, by somebody's invitation or by oneself."""

from typing import Any

from django.db import transaction

from accounts import roles
from accounts.models import Mode, SignupPolicy, User
from movement.allies.models import Ally
from movement.allies.services import welcome
from movement.invitations.joining import redeem
from movement.invitations.models import Arrival, Invitation
from movement.invitations.services import open_invitation


class NoSeat(Exception):
    """Only invited people may join here, and the last seat of this invitation was taken by somebody else."""


@transaction.atomic
def become_ally(*, user: User, invitation: Invitation | None = None, alone: bool = False, **chosen: Any) -> Ally:
    """Welcome this person, record who brought them, and have their own link ready. A second welcome changes nothing.

    `alone`: they came by themselves, whatever link they used. Raises AliasTaken, NoSeat.
    """
    User.objects.select_for_update().get(pk=user.pk)  # two presses of the button come one after the other
    existing = Ally.objects.filter(user=user).first()
    if existing:
        return existing
    ally = welcome(user=user, **chosen)
    has_seat = invitation is not None and redeem(invitation=invitation, joined=ally, alone=alone)
    if not has_seat and _needs_a_seat(user):
        raise NoSeat
    Arrival.objects.filter(user=user).delete()
    open_invitation(owner=ally)
    return ally


def _needs_a_seat(user: User) -> bool:
    """Where people join by invitation only, each needs one; those who work on the site do not."""
    return SignupPolicy.current().mode == Mode.INVITATION and not (user.is_staff or roles.is_author(user))
