"""Sending: to a real server, once, later when it is down, never when it is no longer wanted."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import STATUS, Email, Log

from postbox import sender, services
from postbox.models import Dispatch, How

pytestmark = pytest.mark.django_db


def write(event: str = "comment:1", to: str = "ada@larkfield.example", **changes) -> Email:
    context = {"name": event, "url": ""}
    fields = {"kind": "letter", "to": to, "event": event, "template": "letter", "context": context}
    return services.send_mail(**fields | changes)


def make_due() -> None:
    Email.objects.update(scheduled_time=timezone.now() - timedelta(seconds=1))


def test_a_mail_arrives_with_all_its_headers(letter_kind, server, sink):
    letter_kind()
    mail = write(unsubscribe_url="http://groundswell.example/unsubscribe/x/")
    assert sender.send_waiting() == 1
    (arrived,) = sink.mails
    assert {
        name: arrived[name] for name in ("To", "Subject", "Message-ID", "Auto-Submitted", "List-Unsubscribe-Post")
    } == {
        "To": "ada@larkfield.example",
        "Subject": "A letter to comment:1",
        "Message-ID": mail.message_id,
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert [part.get_content_type() for part in arrived.iter_parts()] == ["text/plain", "text/html"]
    assert (sender.send_waiting(), len(sink.mails), Email.objects.get().status) == (0, 1, STATUS.sent)


def test_a_server_that_is_down_means_later_and_one_try_a_round(letter_kind, server, sink):
    letter_kind()
    for number in range(3):
        write(f"comment:{number}")
    server.stop()
    before = timezone.now()
    assert sender.send_waiting() == 0
    tried = Email.objects.exclude(number_of_retries=None)
    assert [(mail.status, mail.number_of_retries) for mail in tried] == [(STATUS.requeued, 1)]
    assert tried.get().scheduled_time >= before + sender.FIRST_PAUSE
    assert Email.objects.filter(status=STATUS.queued).count() == 2


def test_when_the_server_is_back_all_arrive(letter_kind, server, sink, settings):
    letter_kind()
    settings.EMAIL_PORT = 1
    for number in range(3):
        write(f"comment:{number}")
    sender.send_waiting()
    settings.EMAIL_PORT = server.port
    make_due()
    assert (sender.send_waiting(), len(sink.mails)) == (3, 3)


def test_pauses_grow_and_a_mail_is_given_up_after_days(letter_kind, server, sink):
    letter_kind()
    write()
    sink.answer = "451 Come back later"
    pauses = []
    for _ in range(3):
        make_due()
        now = timezone.now()
        sender.send_waiting()
        pauses.append(round((Email.objects.get().scheduled_time - now).total_seconds()))
    assert pauses == [30, 60, 120]
    Email.objects.update(created=timezone.now() - timedelta(days=6))
    make_due()
    sender.send_waiting()
    assert (Email.objects.get().status, Log.objects.get().exception_type) == (STATUS.failed, "SMTPDataError")


def test_an_address_that_does_not_exist_is_given_up_at_once_and_the_others_go_on(letter_kind, server, sink):
    letter_kind()
    sink.refused = frozenset({"gone@larkfield.example"})
    gone = write("comment:1", to="gone@larkfield.example")
    write("comment:2")
    assert sender.send_waiting() == 1
    assert (Email.objects.get(pk=gone.pk).status, sink.subjects) == (STATUS.failed, ["A letter to comment:2"])


def test_a_mail_no_longer_wanted_is_not_sent(letter_kind, server, sink, ada):
    asked = []
    letter_kind(still_wanted=lambda user, event: asked.append((user, event)) or event != "comment:1")
    write("comment:1", user=ada)
    write("comment:2", user=ada)
    assert (sender.send_waiting(), sink.subjects) == (1, ["A letter to comment:2"])
    assert asked == [(ada, "comment:1"), (ada, "comment:2")]
    assert Dispatch.objects.get(event="comment:1").withheld_at is not None
    assert sender.send_waiting() == 0


def test_a_mail_is_not_sent_to_who_said_never_or_has_left_meanwhile(letter_kind, server, sink, ada):
    letter_kind("letter")
    letter_kind("note")
    write("comment:1", user=ada)
    services.prefer(user=ada, choices={"letter": How.NEVER})
    sender.send_waiting()
    write("comment:2", user=ada, kind="note")
    ada.is_active = False
    ada.save()
    assert (sender.send_waiting(), sink.mails) == (0, [])


def test_a_mail_in_another_senders_hand_is_left_alone_until_its_lease_ends(letter_kind, server, sink):
    letter_kind()
    mail = write()
    assert sender._claim(mail.pk, sender.LEASE) is not None
    assert (sender._claim(mail.pk, sender.LEASE), sender.send_waiting()) == (None, 0)
    make_due()
    assert (sender.send_waiting(), len(sink.mails)) == (1, 1)


def test_a_failing_question_keeps_the_mail_for_later(letter_kind, server, sink):
    letter_kind(still_wanted=lambda user, event: bool(int(event)))
    write()
    assert (sender.send_waiting(), sink.mails, Email.objects.get().status) == (0, [], STATUS.requeued)
