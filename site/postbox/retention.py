"""How long the postbox remembers."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from post_office.models import STATUS, Email

from postbox.models import Allowance, Bounce, ClockRun, Digest, Mould, Notification, Troubled, WorkerPulse
from postbox.queue import SUCCESSFUL

#: A mail's text may hold a link that only its reader should have: it is not kept for long.
MAILS = timedelta(days=14)
NOTIFICATIONS, UNREAD = timedelta(days=365), timedelta(days=730)
RUNS = timedelta(days=7)
A_BATCH = 500
#: Longer than the mails themselves are known.
BOUNCES = timedelta(days=180)
#: Longer than any rhythm: the row is what keeps a digest from being written again.
DIGESTS = timedelta(days=70)


def forget_old_rows() -> None:
    now = timezone.now()
    old = Email.objects.filter(status__in=[STATUS.sent, STATUS.failed], last_updated__lt=now - MAILS)
    while numbers := list(old.values_list("pk", flat=True)[:A_BATCH]):
        Email.objects.filter(pk__in=numbers).delete()
    Mould.objects.filter(created_at__lt=now - MAILS).exclude(dispatches__email__isnull=False).delete()
    Notification.objects.filter(read_at__lt=now - NOTIFICATIONS).delete()
    Notification.objects.filter(read_at=None, created_at__lt=now - UNREAD).delete()
    Digest.objects.filter(until__lt=now - DIGESTS).delete()
    Allowance.objects.filter(taken_on__lt=(now - DIGESTS).date()).delete()
    Bounce.objects.filter(at__lt=now - BOUNCES).delete()
    Troubled.objects.filter(suppressed_at=None, last_at__lt=now - BOUNCES).delete()
    ClockRun.objects.filter(slot__lt=now - RUNS).delete()
    WorkerPulse.objects.filter(seen_at__lt=now - RUNS).delete()
    DBTaskResult.objects.filter(status=SUCCESSFUL, finished_at__lt=now - RUNS).delete()
