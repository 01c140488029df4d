"""An invitation by mail. Nobody can use it to write what they like to whom they like: ten a day, plain words without
links, and whoever gets one can end them all for good.

Whether the address belongs to somebody here, or to somebody who wants none of these letters, the sender is answered
alike.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import limits, tokens
from movement.allies.models import Ally
from movement.invitations.links import has_link
from movement.invitations.models import LETTER_LASTS, Invitation, NeverAgain, Purpose
from postbox import fates, letters, links, unsubscribing
from postbox.addresses import hashed, masked
from postbox.kinds import Kind
from postbox.letters import Letter
from postbox.services import send_mail
from postbox.unsubscribing import Stoppable, Subject

KIND, LINK, STOP = "invitation", "invitation-letter", "invitation-never-again"
A_DAY = 10
#: From whomever they come, one address gets no more of them in a month.
TO_ONE_ADDRESS = 3
#: In the place of the hash, when whoever a letter went to is erased here: its sender's list stays as it is.
ERASED = "erased"
#: Forgotten by one run of the clock's job.
AT_ONCE = 2_000


class AskedAlready(Exception):
    """This ally has written to this address within the month."""


@transaction.atomic
def write_to(*, owner: Ally, email: str, words: str) -> Invitation:
    """Invite an address, once a month at most. Raises AskedAlready, accounts.limits.TooMany.

    Row and mail are written in any case; what must not arrive is withheld by the worker (`words_of`).
    """
    recipient, now = hashed(email), timezone.now()
    limits.hit("invitation-letter", owner.pk, A_DAY, timedelta(days=1))
    shown = masked(email)[:80]
    lately = owner.invitations.letters().filter(created_at__gt=now - LETTER_LASTS)
    if lately.filter(Q(recipient=recipient) | Q(recipient=ERASED, shown_address=shown)).exists():
        raise AskedAlready
    own = owner.invitations.personal().first()
    invitation = Invitation.objects.create(
        owner=owner,
        purpose=Purpose.LETTER,
        words=words,
        is_signed=own is None or own.is_signed,
        seats=1,
        expires_at=now + LETTER_LASTS,
        recipient=recipient,
        shown_address=shown,
    )
    _send(invitation, email)
    return invitation


def _send(invitation: Invitation, email: str) -> None:
    send_mail(
        kind=KIND,
        to=email,
        event=event_of(invitation),
        template="invitation",
        context=_context(invitation),
        unsubscribe_url=stop_url(invitation),
    )


def stop_url(invitation: Invitation) -> str:
    return unsubscribing.link(STOP, to=invitation.recipient, shown=invitation.shown_address)


def event_of(invitation: Invitation) -> str:
    return f"invitation:{invitation.pk}"


def link_of(invitation: Invitation) -> str:
    """Signed, and shown to nobody but the inbox it goes to: it proves that inbox."""
    return links.absolute(reverse("movement:join", args=[tokens.make_lasting(LINK, invitation.pk)]))


def greeting_name(owner: Ally, *, is_signed: bool = True, made_at: datetime | None = None) -> str:
    """The name the inviter chose to be known by, or "" for a quiet one and for what could be clicked.

    An alias does not stand on what was given out before they took it: whoever has that knows whose it is.
    """
    name = owner.shown_name_on(made_at or timezone.now()) if is_signed else ""
    return "" if not name or has_link(name) else name


def greeting_of(invitation: Invitation) -> str:
    """In whose name an invitation speaks, wherever it does: a letter as it was written, every link as its owner wants
    it for all of them by now."""
    is_signed = spoken_by(invitation).is_signed
    return greeting_name(invitation.owner, is_signed=is_signed, made_at=invitation.created_at)


def spoken_by(invitation: Invitation) -> Invitation:
    """Where the inviter's own words stand, and whether they sign them."""
    if invitation.purpose == Purpose.LETTER:
        return invitation
    return invitation.owner.invitations.personal().first() or invitation


def _context(invitation: Invitation) -> dict[str, Any]:
    return {
        "name": greeting_of(invitation),
        "words": invitation.words,
        "link": link_of(invitation),
        "until": invitation.expires_at,
    }


def words_of(event: str) -> Letter | None:
    """As it goes out: under the name that the inviter shows by then; None once it has been taken back, to an address
    that wants none, and to one that has had enough of them this month."""
    number = int(event.partition(":")[2])
    invitation = Invitation.objects.standing().select_related("owner").filter(pk=number).first()
    if invitation is None or wants_none(invitation.recipient) or _is_too_much(invitation):
        return None
    return letters.write("invitation", {**_context(invitation), "unsubscribe_url": stop_url(invitation), "user": None})


def _is_too_much(invitation: Invitation) -> bool:
    since = invitation.created_at - LETTER_LASTS
    before = Invitation.objects.letters().filter(recipient=invitation.recipient, pk__lt=invitation.pk)
    return before.filter(created_at__gt=since).count() >= TO_ONE_ADDRESS


def forget_receivers() -> int:
    """Whom letters went to is not known any more once they have lapsed; returns how many were forgotten."""
    lapsed = Invitation.objects.letters().filter(created_at__lte=timezone.now() - LETTER_LASTS)[:AT_ONCE]
    return sum(_forget(invitation) for invitation in lapsed)


@transaction.atomic
def _forget(invitation: Invitation) -> bool:
    """One that nobody came by goes altogether, with what is left of its mail."""
    fates.forget(kind=KIND, event=event_of(invitation))
    if not invitation.taken:
        return bool(invitation.delete()[0])
    return bool(Invitation.objects.filter(pk=invitation.pk).update(recipient="", shown_address="", words=""))


def erase_receiver(address: str) -> None:
    """Of somebody who is erased here no letter keeps the hash; whoever wrote to them learns nothing by it."""
    Invitation.objects.letters().filter(recipient=hashed(address)).update(recipient=ERASED)


# Never again -------------------------------------------------------------------------------------------------------


def wants_none(recipient: str) -> bool:
    return NeverAgain.objects.filter(recipient=recipient).exists()


def _describe(subject: Subject) -> Stoppable | None:
    if wants_none(subject["to"]):
        return None
    return Stoppable(what=_("invitations from people here, whoever sends them"), address=subject["shown"])


def _never_again(subject: Subject) -> None:
    NeverAgain.objects.get_or_create(recipient=subject["to"])


def register_letters() -> None:
    unsubscribing.register(STOP, describe=_describe, act=_never_again)


INVITATION = Kind(
    name=KIND,
    label=gettext_lazy("An invitation by mail"),
    in_preferences=False,
    is_unasked=True,
    words=words_of,
)
