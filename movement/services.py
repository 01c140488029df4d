"""What takes more than one feature: becoming an ally by somebody's invitation."""

from typing import Any

from django.db import transaction

from accounts.models import User
from movement.allies.models import Ally
from movement.allies.services import welcome
from movement.invitations.services import open_invitation, redeem


@transaction.atomic
def become_ally(*, user: User, code: str = "", **chosen: Any) -> Ally:
    """Welcome this person, record who brought them, and have their own invitation ready. Raises AliasTaken."""
    ally = welcome(user=user, **chosen)
    if code:
        redeem(code=code, joined=ally)
    open_invitation(owner=ally)
    return ally
