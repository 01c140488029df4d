"""What became of a mail, for whoever has to know it: written, on its way, gone, or held back."""

from collections.abc import Collection
from enum import Enum

from django.db.models import Q
from post_office.models import STATUS

from postbox import addresses
from postbox.models import Dispatch


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
