"""Coming by an invitation: finding it, carrying it through the sign-up, and being recorded as brought by somebody."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from accounts import tokens
from accounts.models import User
from movement.allies.models import Ally
from movement.invitations.letters import LINK
from movement.invitations.models import Arrival, Invitation, Purpose, Redemption
from movement.invitations.thanks import thank
from postbox.addresses import hashed

#: Where the browser's session keeps the code between the landing page and the welcome.
SESSION_KEY = "invitation_code"
LONGEST_CODE = 200


class NoSuchInvitation(Exception):
    """The code was never given out, has ended, expired or been used up, or belongs to somebody who left."""


def find(*, code: str) -> Invitation:
    """The standing invitation behind a code, or behind the signed link of a letter. Raises NoSuchInvitation."""
    found = Invitation.objects.standing().select_related("owner__unit").filter(**_named(code)).first()
    if found is None:
        raise NoSuchInvitation
    return found


def _named(code: str) -> dict[str, Any]:
    if len(code) > LONGEST_CODE or "\x00" in code:
        raise NoSuchInvitation
    if ":" not in code:
        return {"code": code, "purpose__in": (Purpose.PERSONAL, Purpose.OCCASION)}
    try:
        return {"pk": tokens.read_lasting(LINK, code), "purpose": Purpose.LETTER}
    except tokens.BadToken:
        raise NoSuchInvitation from None


def carried_by(request: HttpRequest) -> Invitation | None:
    """The standing invitation that this browser, or this login on another device, came by."""
    if code := request.session.get(SESSION_KEY, ""):
        try:
            return find(code=code)
        except NoSuchInvitation:
            pass
    user = getattr(request, "user", None)  # company sign-on asks before there is one
    if user is None or not user.is_authenticated:
        return None
    by_login = Invitation.objects.standing().filter(arrivals__user=user.pk)
    return by_login.select_related("owner__unit").first()


def carries_invitation(request: HttpRequest) -> bool:
    """Asked by the sign-up policy."""
    return carried_by(request) is not None


def proves_address(request: HttpRequest, email: str | None) -> bool:
    """Whether a letter of ours, whose link only that inbox can have shown, has brought this browser here; without an
    address, whether one has."""
    invitation = carried_by(request)
    recipient = invitation.recipient if invitation else ""
    return recipient != "" and (email is None or recipient == hashed(email))


def remember_arrival(*, request: HttpRequest, user: User, **_signal: Any) -> None:
    """allauth has made a login: whichever device it is welcomed on, it came by this invitation."""
    if invitation := carried_by(request):
        Arrival.objects.get_or_create(user=user, defaults={"invitation": invitation})


@transaction.atomic
def redeem(*, invitation: Invitation, joined: Ally, alone: bool = False) -> bool:
    """Take a seat, and record who brought this ally: once, never changed afterwards.

    Nobody can be brought by somebody who came later (the database says so as well), so no circle can be closed.
    `alone` takes the seat and records nobody. Returns False, with nothing changed, where the seat was gone.
    """
    joined = Ally.objects.select_for_update().get(pk=joined.pk)
    if joined.invited_by_id or invitation.owner_id >= joined.pk:
        return False
    # One statement on one table: whoever waits for the row is judged by what the one before has left.
    if not Invitation.objects.usable().filter(pk=invitation.pk).update(taken=F("taken") + 1):
        return False
    if not alone:
        Redemption.objects.create(invitation=invitation, joined=joined)
        Ally.objects.filter(pk=joined.pk, invited_by=None).update(invited_by=invitation.owner_id)
        thank(inviter=invitation.owner, joined=joined)
    return True
