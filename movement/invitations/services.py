"""Making, replacing and accepting invitations."""

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from movement.allies.models import Ally
from movement.invitations.models import Invitation, Redemption

#: Where the browser's session keeps the code between the landing page and the welcome.
SESSION_KEY = "invitation_code"


class NoSuchInvitation(Exception):
    """The code was never given out, has been replaced, or belongs to somebody who left."""


def find(*, code: str) -> Invitation:
    """The standing invitation behind a code. Raises NoSuchInvitation."""
    found = Invitation.objects.standing().select_related("owner__unit").filter(code=code).first()
    if found is None:
        raise NoSuchInvitation
    return found


def carries_invitation(request: HttpRequest) -> bool:
    """Whether this browser came by an invitation that still stands (asked by the sign-up policy)."""
    code = request.session.get(SESSION_KEY, "")
    return bool(code) and Invitation.objects.standing().filter(code=code).exists()


def open_invitation(*, owner: Ally) -> Invitation:
    """The ally's standing invitation; made if they have none. Two calls at once make one."""
    standing = owner.invitations.filter(replaced_at=None).first()
    if standing:
        return standing
    try:
        with transaction.atomic():
            return Invitation.objects.create(owner=owner)
    except IntegrityError:
        return owner.invitations.get(replaced_at=None)


@transaction.atomic
def replace(*, owner: Ally) -> Invitation:
    """A new link; the old one leads nowhere from now on. The inviter's own words go with them."""
    old = owner.invitations.select_for_update().filter(replaced_at=None).first()
    owner.invitations.filter(replaced_at=None).update(replaced_at=timezone.now())
    return Invitation.objects.create(owner=owner, words=old.words if old else "")


def say(*, owner: Ally, words: str) -> Invitation:
    """Put one's own words on one's invitation."""
    invitation = open_invitation(owner=owner)
    invitation.words = words
    invitation.save(update_fields=["words"])
    return invitation


@transaction.atomic
def redeem(*, code: str, joined: Ally) -> Ally | None:
    """Record who brought this ally: once, never changed afterwards, never oneself, never in a circle.

    Returns the inviter, or None where nothing was recorded (they came by another invitation before, the code is
    dead, or it is their own).
    """
    invitation = Invitation.objects.standing().select_related("owner").filter(code=code).first()
    joined = Ally.objects.select_for_update().get(pk=joined.pk)
    if invitation is None or joined.invited_by_id or joined.pk in _line_of(invitation.owner):
        return None
    _redemption, new = Redemption.objects.get_or_create(joined=joined, defaults={"invitation": invitation})
    if not new:
        return None
    Ally.objects.filter(pk=joined.pk, invited_by=None).update(invited_by=invitation.owner)
    return invitation.owner


def _line_of(ally: Ally) -> set[int]:
    """The ally and everybody by whom, one through another, they came."""
    line, above = {ally.pk}, ally.invited_by_id
    while above and above not in line:
        line.add(above)
        above = Ally.objects.values_list("invited_by", flat=True).get(pk=above)
    return line
