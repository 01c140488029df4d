"""Not more than two mails in a week that somebody has neither asked for nor answered, from the whole site together.

An address has two rows, one for each of them, and a day on each: the day it was last used. Whoever moves that day on by
one conditional update may send, so any number of senders keep to it. Days are those of UTC: a Monday's letter does not
come too early for the next Monday because a clock was put forward, and in seven days in a row there are two at most.

What does not fit is not sent later: its matter stands among the notifications, and a heap on another day helps nobody.
Which mails count is each kind's to say: `Kind.is_unasked`.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from postbox.addresses import hashed
from postbox.models import Allowance, Dispatch

MOST = 2
WEEK = timedelta(days=7)
NEVER = date(2000, 1, 1)


def may_go(dispatch: Dispatch) -> bool:
    """Whether this mail may go out today; it is counted then. Tried again, it is the same mail."""
    mine = Allowance.objects.filter(recipient=dispatch.recipient)
    if mine.filter(dispatch=dispatch).exists():
        return True
    today = timezone.now().date()
    _ensure(dispatch.recipient)
    free = mine.filter(taken_on__lte=today - WEEK)
    return any(free.filter(number=number).update(taken_on=today, dispatch=dispatch) for number in range(1, MOST + 1))


def _ensure(recipient: str) -> None:
    if Allowance.objects.filter(recipient=recipient).count() < MOST:
        rows = [Allowance(recipient=recipient, number=number, taken_on=NEVER) for number in range(1, MOST + 1)]
        Allowance.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def move(*, old: str, new: str) -> None:
    """To another address of the same person: what was used there is used here."""
    _ensure(hashed(new))
    for used in Allowance.objects.filter(recipient=hashed(old)).order_by("number"):
        here = Allowance.objects.filter(recipient=hashed(new), number=used.number, taken_on__lt=used.taken_on)
        here.update(taken_on=used.taken_on)
