"""The worker as a process: killed in the middle of its work it loses nothing."""

import signal
import time
from collections import Counter

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from post_office.models import STATUS, Email

from postbox import clock, recovery
from postbox.models import WorkerPulse
from postbox.services import send_mail

# Real processes and two seconds by the clock on the wall: what a busy machine fails once, it passes the second time.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.flaky(reruns=1)]
MAILS = 200


def write(number: int) -> None:
    send_mail(
        kind="letter",
        to=f"reader{number}@larkfield.example",
        event="article:1",
        template="letter",
        context={"name": str(number), "url": ""},
    )


def test_kill_in_the_middle_of_200_mails_loses_none(letter_kind, server, sink, processes, eventually):
    letter_kind()
    for number in range(MAILS):
        write(number)
    sink.pause = 0.005
    mail_server = f"smtp://127.0.0.1:{server.port}"
    first = processes("worker", "--lease", "2", EMAIL_URL=mail_server)
    eventually(lambda: len(sink.mails) >= 50, 60)
    first.kill()
    first.wait()
    assert 50 <= len(sink.mails) < MAILS
    processes("worker", "--lease", "2", EMAIL_URL=mail_server)
    eventually(lambda: Email.objects.filter(status=STATUS.sent).count() == MAILS, 60)
    arrived = Counter(str(mail["Message-ID"]) for mail in sink.mails)
    assert set(arrived) == set(Email.objects.values_list("message_id", flat=True))
    assert sum(arrived.values()) - MAILS <= 1


def test_a_mail_goes_out_within_two_seconds_and_sigterm_ends_the_worker_cleanly(
    letter_kind, server, sink, processes, eventually
):
    letter_kind()
    worker = processes("worker", EMAIL_URL=f"smtp://127.0.0.1:{server.port}")
    eventually(WorkerPulse.objects.exists, 30)
    time.sleep(1)
    written = time.monotonic()
    write(1)
    eventually(lambda: len(sink.mails) == 1, 5)
    assert time.monotonic() - written < 2
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=10) == 0


def test_a_task_of_a_killed_worker_is_ready_again_and_that_of_a_living_one_is_not(settings):
    long_ago = timezone.now() - 2 * recovery.SILENCE
    WorkerPulse.objects.create(worker="dead", seen_at=long_ago)
    WorkerPulse.objects.create(worker="alive", seen_at=timezone.now())
    rows = {}
    for worker, starts in (("dead", 1), ("alive", 1), ("dead", recovery.STARTS)):
        rows[worker, starts] = DBTaskResult.objects.create(
            status="RUNNING",
            args_kwargs={"args": [], "kwargs": {}},
            task_path="tests.none",
            backend_name="default",
            run_after=long_ago,
            started_at=long_ago,
            worker_ids=[worker] * starts,
        )
    recovery.recover_tasks()
    now = {key: DBTaskResult.objects.get(pk=row.pk).status for key, row in rows.items()}
    assert now == {("dead", 1): "READY", ("alive", 1): "RUNNING", ("dead", recovery.STARTS): "FAILED"}


def test_the_recovery_runs_at_a_rhythm():
    assert "postbox.recover-tasks" in {rhythm.name for rhythm in clock.jobs()}


def test_a_burst_does_what_waits_and_ends(letter_kind, server, sink):
    letter_kind()
    write(1)
    call_command("worker", "--burst")
    assert sink.subjects == ["A letter to 1"]
