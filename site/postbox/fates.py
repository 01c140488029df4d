"""What became of a mail, for whoever has to know it: written, on its way, gone, or held back."""

from collections.abc import Collection
from enum import Enum

from django.db import transaction
from django.db.models import Q
from post_office.models import STATUS, Email

from postbox import addresses
from postbox.models import Dispatch

#: Rows that are forgotten at a time.
A_BATCH = 500


class Fate(Enum):
    WAITING = "waiting"
    GONE = "gone"  # sent, or given up for good
    WITHHELD = "withheld"  # no longer wanted when it was to go


def was_written(*, kind: str, to: str, event: str) -> bool:
    return Dispatch.objects.filter(kind=kind, event=event, recipient=addresses.hashed(to)).exists()


def fates(*, kind: str, events: Collection[str]) -> dict[str, Fate]:
    """By event; one that no mail was written for is missing."""
    settled = Q(email=None) | Q(email__status__in=[STATUS.sent, STATUS.failed])
    mails = Dispatch.objects.filter(kind=kind, event__in=events)
    found = dict.fromkeys(mails.exclude(settled).values_list("event", flat=True), Fate.WAITING)
    for event, withheld_at in mails.filter(settled).values_list("event", "withheld_at"):
        found[event] = Fate.WITHHELD if withheld_at else Fate.GONE
    return found


@transaction.atomic
def forget(*, kind: str, event: str) -> None:
    """The mails of this event with whom they went to, sent or not: as if none had been written."""
    sent = Dispatch.objects.filter(kind=kind, event=event)
    Email.objects.filter(pk__in=list(sent.exclude(email=None).values_list("email", flat=True))).delete()
    sent.delete()


def written_to(*, kind: str, events: Collection[str]) -> set[str]:
    """The hashes of the addresses that mails of these events were written to."""
    return set(Dispatch.objects.filter(kind=kind, event__in=events).values_list("recipient", flat=True))


def forget_sent(*, kind: str) -> int:
    """The mails of this kind that have gone or were given up, words, address and all; that they were written stays
    known by the hash. Returns how many were forgotten."""
    settled = Email.objects.filter(status__in=[STATUS.sent, STATUS.failed])
    done = Dispatch.objects.filter(kind=kind, email__in=settled).values_list("email", flat=True)
    forgotten = 0
    while numbers := list(done[:A_BATCH]):
        forgotten += len(numbers)
        Email.objects.filter(pk__in=numbers).delete()
    return forgotten


def forget_all(*, kind: str, prefix: str) -> None:
    """The mails of all events whose names begin so, sent or not: as if none had been written."""
    written = Dispatch.objects.filter(kind=kind, event__startswith=prefix)
    while rows := list(written.values_list("pk", "email")[:A_BATCH]):
        with transaction.atomic():
            Email.objects.filter(pk__in=[email for _pk, email in rows if email]).delete()
            Dispatch.objects.filter(pk__in=[pk for pk, _email in rows]).delete()
