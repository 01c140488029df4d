"""Making, replacing and ending the links that an ally gives out by hand."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import limits
from movement.allies.models import Ally
from movement.invitations.models import Invitation, Purpose

#: Fewer, and the link itself would tell its owner who has come by it.
FEWEST_SEATS, MOST_SEATS = 5, 1_000
OCCASIONS_A_DAY = 20


def open_invitation(*, owner: Ally) -> Invitation:
    """The ally's own link; made if they have none. Two calls at once make one."""
    standing = owner.invitations.personal().first()
    if standing:
        return standing
    try:
        with transaction.atomic():
            return Invitation.objects.create(owner=owner)
    except IntegrityError:
        return owner.invitations.personal().get()


@transaction.atomic
def replace(*, owner: Ally) -> Invitation:
    """A new link; the old one leads nowhere from now on. The inviter's own words go with them."""
    old = owner.invitations.select_for_update().personal().first()
    owner.invitations.personal().update(ended_at=timezone.now())
    kept = {"words": old.words, "is_signed": old.is_signed} if old else {}
    return Invitation.objects.create(owner=owner, **kept)


@transaction.atomic
def say(*, owner: Ally, words: str, is_signed: bool) -> Invitation:
    """Put one's own words on one's link, and one's name or not."""
    invitation = open_invitation(owner=owner)
    invitation.words, invitation.is_signed = words, is_signed
    invitation.save(update_fields=["words", "is_signed"])
    return invitation


@transaction.atomic
def open_occasion(*, owner: Ally, occasion: str, expires_at: datetime, seats: int | None) -> Invitation:
    """A link for a lunch, a talk, a poster by the door. Raises accounts.limits.TooMany."""
    limits.hit("invitation-occasion", owner.pk, OCCASIONS_A_DAY, timedelta(days=1))
    return Invitation.objects.create(
        owner=owner, purpose=Purpose.OCCASION, occasion=occasion, expires_at=expires_at, seats=seats
    )


def end(*, invitation: Invitation) -> None:
    """From now on it leads nowhere; a second time changes nothing."""
    Invitation.objects.filter(pk=invitation.pk, ended_at=None).update(ended_at=timezone.now())
