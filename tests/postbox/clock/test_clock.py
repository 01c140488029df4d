"""Each job once in its slot, however many clocks there are."""

import signal
import subprocess
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from postbox import clock
from postbox.models import ClockRun

NOON = datetime(2026, 3, 2, 12, 0, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def runs(monkeypatch) -> list[str]:
    """What the jobs of this test did; no other job is known."""
    monkeypatch.setattr(clock, "_rhythms", {})
    return []


@pytest.mark.django_db
def test_a_job_runs_once_in_its_slot_and_again_in_the_next(runs):
    clock.job(name="count", every=HOUR)(lambda: runs.append("count"))
    assert [clock.tick(NOON), clock.tick(NOON + timedelta(minutes=59)), clock.tick(NOON + HOUR)] == [
        ["count"],
        [],
        ["count"],
    ]
    assert list(ClockRun.objects.order_by("slot").values_list("slot__hour", "attempts")) == [(12, 1), (13, 1)]


@pytest.mark.django_db
def test_a_failed_job_is_tried_again_after_a_growing_pause_and_hinders_no_other(runs):
    clock.job(name="breaks", every=HOUR)(lambda: runs.append("breaks") or 1 / 0)
    clock.job(name="works", every=HOUR)(lambda: runs.append("works"))
    moments = [0, 10, 31, 60, 92]
    for seconds in moments:
        clock.tick(NOON + timedelta(seconds=seconds))
    assert Counter(runs) == {"breaks": 3, "works": 1}
    run = ClockRun.objects.get(job="breaks")
    assert (run.attempts, run.finished_at, run.error) == (3, None, "ZeroDivisionError('division by zero')")


@pytest.mark.django_db
def test_a_slot_left_by_a_killed_clock_is_taken_over_after_its_lease(runs):
    clock.job(name="count", every=timedelta(days=1))(lambda: runs.append("count"))
    rhythm = clock.jobs()[0]
    assert clock._take(rhythm, NOON)
    assert [clock.tick(NOON + timedelta(minutes=1)), clock.tick(NOON + clock.LEASE)] == [[], ["count"]]


@pytest.mark.django_db(transaction=True)
def test_eight_clocks_at_once_run_each_job_once(runs):
    for name in ("one", "two", "three"):
        clock.job(name=name, every=HOUR)(lambda name=name: runs.append(name))
    together = threading.Barrier(8)

    def one_clock() -> None:
        together.wait()
        clock.tick(NOON)
        connection.close()

    threads = [threading.Thread(target=one_clock) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(runs) == {"one": 1, "two": 1, "three": 1}


@pytest.mark.flaky(reruns=1)
@pytest.mark.django_db(transaction=True)
def test_two_clock_processes_run_each_job_once(processes):
    clocks: list[subprocess.Popen] = [processes("clock", "--once") for _ in range(2)]
    outputs = [process.communicate(timeout=60) for process in clocks]
    assert [process.returncode for process in clocks] == [0, 0], outputs
    assert ClockRun.objects.count() >= len(clock.jobs())
    assert set(ClockRun.objects.values_list("attempts", flat=True)) == {1}


def test_two_jobs_of_one_name_are_a_mistake(runs):
    clock.job(name="count", every=HOUR)(lambda: None)
    with pytest.raises(ValueError, match="count"):
        clock.job(name="count", every=HOUR)(lambda: None)


@pytest.mark.flaky(reruns=1)
@pytest.mark.django_db(transaction=True)
def test_sigterm_ends_the_clock_cleanly(processes, eventually):
    running = processes("clock")
    eventually(lambda: ClockRun.objects.exclude(finished_at=None).exists(), 60)
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=15) == 0
