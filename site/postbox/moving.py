"""A login whose address has changed takes along what comes to it by mail: the digests, their discretion, and whatever
the floors above register here. One transaction: nothing is left behind half way.
"""

from typing import Any, Protocol

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User
from postbox import budget, discretion
from postbox.addresses import hashed
from postbox.digests import services as digests
from postbox.pauses.models import Pause


class Move(Protocol):
    def __call__(self, *, user: User, old: str, new: str) -> None: ...


_moves: list[Move] = []


def register(move: Move) -> Move:
    """Called after the digests have moved; both addresses are proved to be this person's, and they differ."""
    _moves.append(move)
    return move


def address_changed(
    *, user: User, from_email_address: EmailAddress | None, to_email_address: EmailAddress, **_signal: Any
) -> None:
    """allauth's signal. What comes to an address that somebody only claimed to have is not theirs to move."""
    if from_email_address is None or not (from_email_address.verified and to_email_address.verified):
        return
    old, new = from_email_address.email, to_email_address.email
    if hashed(old) != hashed(new):
        move(user=user, old=old, new=new)


@transaction.atomic
def move(*, user: User, old: str, new: str) -> None:
    """The old address keeps its discretion: mails that wait for it go out still, and its inbox is as open as before."""
    if discretion.is_discreet(old):
        discretion.ask(address=new, discreet=True)
    digests.move(user=user, old=old, new=new)
    budget.move(old=old, new=new)
    Pause.objects.filter(user=user).update(recipient=hashed(new))
    for follow in _moves:
        follow(user=user, old=old, new=new)
