"""Not more than MAIL_RATE mails a minute, however many senders there are.

One row says when the next mail may go. Whoever moves it on by one mail's time may send one. What somebody waits for (a
log-in code) never stands in line, but takes its time from the others.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from postbox.models import Pace

#: What was not used in so much time may go out at once: senders look once a second.
SLACK = timedelta(seconds=2)
THE_ROW = 1


def may_go(*, urgent: bool) -> bool:
    """Whether one more mail may go out now; it is counted then."""
    if not settings.MAIL_RATE:
        return True
    # The slack's mails are in the count of each minute: never more than MAIL_RATE in any sixty seconds.
    step = (timedelta(minutes=1) + SLACK) / settings.MAIL_RATE
    now = timezone.now()
    Pace.objects.get_or_create(pk=THE_ROW, defaults={"free_at": now - SLACK})
    while True:
        free_at = Pace.objects.values_list("free_at", flat=True).get(pk=THE_ROW)
        if free_at > now and not urgent:
            return False
        if _move(free_at, max(free_at, now - SLACK) + step):
            return True


def _move(before: datetime, after: datetime) -> bool:
    return bool(Pace.objects.filter(pk=THE_ROW, free_at=before).update(free_at=after))
