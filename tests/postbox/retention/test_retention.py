"""What the postbox forgets, and what it has to remember."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import STATUS, Email

from postbox import retention
from postbox.models import ClockRun, Dispatch, Notification
from postbox.services import send_mail

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def write(event: str) -> Email | None:
    letter = {"kind": "letter", "to": "ada@larkfield.example", "template": "letter", "context": {"name": "", "url": ""}}
    return send_mail(event=event, **letter)


def test_texts_of_old_mails_go_and_that_they_were_sent_stays(letter_kind):
    letter_kind()
    outcomes = {"sent long ago": STATUS.sent, "sent today": STATUS.sent, "still waiting": STATUS.requeued}
    for event, status in outcomes.items():
        old = timedelta(0) if event == "sent today" else retention.MAILS + timedelta(days=1)
        Email.objects.filter(pk=write(event).pk).update(status=status, last_updated=NOW - old)
    retention.forget_old_rows()
    left = set(Dispatch.objects.exclude(email=None).values_list("event", flat=True))
    assert (left, Dispatch.objects.count()) == ({"sent today", "still waiting"}, 3)
    assert write("sent long ago") is None


def test_what_nobody_has_read_is_kept_for_two_years(ada):
    ancient = Notification.objects.create(user=ada, kind="letter", event="ancient", text="", url="/")
    Notification.objects.filter(pk=ancient.pk).update(created_at=NOW - timedelta(days=800))
    for event, read_at in (("read", NOW - timedelta(days=400)), ("lately", NOW), ("unread", None)):
        Notification.objects.create(user=ada, kind="letter", event=event, text="", url="/", read_at=read_at)
    retention.forget_old_rows()
    assert set(Notification.objects.values_list("event", flat=True)) == {"lately", "unread"}


def test_old_runs_of_the_clock_go():
    for days in (1, 8):
        slot = NOW - timedelta(days=days)
        ClockRun.objects.create(job="count", slot=slot, not_before=slot)
    retention.forget_old_rows()
    assert ClockRun.objects.count() == 1
