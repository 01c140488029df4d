"""Counting what comes back. Hard twice, or soft again and again, and an address gets nothing more by choice.

Only a mail that we sent counts, by its Message-ID (which nobody can make up: see `letters.message_id`), and only once:
a forged or repeated message about a stranger's address changes nothing. A log-in code goes out all the same: whoever
waits for one sits before the screen, and an inbox that was full last week may be the way back in.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from post_office.models import STATUS, Email

from postbox import addresses
from postbox.bounces.models import Bounce, Troubled
from postbox.bounces.refusals import Refusal

HARD_ENOUGH, SOFT_ENOUGH = 2, 5.0
#: In so much time half of the soft failures are forgotten.
HALF_LIFE = timedelta(days=7)


def is_suppressed(recipient: str) -> bool:
    """`recipient` is the address's hash."""
    return Troubled.objects.suppressed().filter(recipient=recipient).exists()


@transaction.atomic
def came_back(*, message_id: str, refusal: Refusal) -> bool:
    """False when no such mail is known to have been tried, when it was told before, or when it is about us."""
    if refusal.is_about_us:
        return False
    tried = Email.objects.filter(message_id=message_id).exclude(status=STATUS.queued, number_of_retries=None)
    email = tried.order_by("pk").first()
    if email is None or len(email.to) != 1 or not _is_first(message_id):
        return False
    _count(address=email.to[0], refusal=refusal)
    return True


def _is_first(message_id: str) -> bool:
    try:
        with transaction.atomic():
            Bounce.objects.create(message_id=message_id)
    except IntegrityError:
        return False
    return True


def _count(*, address: str, refusal: Refusal) -> None:
    now = timezone.now()
    start = {"shown": addresses.masked(address), "last_at": now}
    known, _new = Troubled.objects.select_for_update().get_or_create(
        recipient=addresses.hashed(address), defaults=start
    )
    known.soft *= 0.5 ** ((now - known.last_at) / HALF_LIFE)
    known.hard, known.soft = known.hard + refusal.hard, known.soft + (not refusal.hard)
    known.reason, known.last_at = refusal.code, now
    if known.suppressed_at is None and (known.hard >= HARD_ENOUGH or known.soft >= SOFT_ENOUGH):
        known.suppressed_at = now
    known.save()


@transaction.atomic
def let_in_again(*, recipient: str) -> None:
    """As if nothing had ever come back; a second time changes nothing."""
    Troubled.objects.filter(recipient=recipient).delete()
