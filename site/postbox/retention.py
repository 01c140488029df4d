"""How long the postbox remembers."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from post_office.models import STATUS, Email

from postbox.models import ClockRun, Notification, WorkerPulse
from postbox.queue import SUCCESSFUL

#: A mail's text may hold a link that only its reader should have: it is not kept for long.
MAILS = timedelta(days=14)
NOTIFICATIONS = timedelta(days=365)
RUNS = timedelta(days=7)


def forget_old_rows() -> None:
    now = timezone.now()
    Email.objects.filter(status__in=[STATUS.sent, STATUS.failed], last_updated__lt=now - MAILS).delete()
    Notification.objects.filter(read_at__lt=now - NOTIFICATIONS).delete()
    ClockRun.objects.filter(slot__lt=now - RUNS).delete()
    WorkerPulse.objects.filter(seen_at__lt=now - RUNS).delete()
    DBTaskResult.objects.filter(status=SUCCESSFUL, finished_at__lt=now - RUNS).delete()
