"""A failing task goes back into the queue with a growing pause."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from postbox import database_queue
from postbox.queue import backoff, retrying, task

done: list[int] = []


@task
@retrying(attempts=3, base=timedelta(seconds=10))
def needs_patience(number: int, *, fails: int = 0) -> None:
    done.append(number)
    if len(done) <= fails:
        raise ConnectionError("not yet")


@pytest.fixture(autouse=True)
def in_the_database(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    settings.REDIS_URL = ""
    done.clear()


def work_off() -> list[tuple[str, int]]:
    """Do what is ready; then what waits, as if its time had come. Each row's outcome and pause."""
    rows = []
    while DBTaskResult.objects.filter(status="READY").exists():
        waiting = DBTaskResult.objects.get(status="READY")
        pause = (
            max(0, round((waiting.run_after - timezone.now()).total_seconds())) if waiting.run_after.year < 9999 else 0
        )
        DBTaskResult.objects.filter(pk=waiting.pk).update(run_after=timezone.now())
        database_queue.work("here", burst=True)
        rows.append((DBTaskResult.objects.get(pk=waiting.pk).status, pause))
    return rows


@pytest.mark.django_db(transaction=True)
def test_a_task_succeeds_after_two_failures():
    needs_patience.enqueue(5, fails=2)
    assert work_off() == [("SUCCESSFUL", 0), ("SUCCESSFUL", 10), ("SUCCESSFUL", 20)]
    assert done == [5, 5, 5]


@pytest.mark.django_db(transaction=True)
def test_after_its_last_attempt_it_has_failed():
    needs_patience.enqueue(5, fails=99)
    assert work_off() == [("SUCCESSFUL", 0), ("SUCCESSFUL", 10), ("FAILED", 20)]
    assert done == [5, 5, 5]


def test_pauses_double_up_to_the_longest():
    pauses = [
        backoff(base=timedelta(minutes=1), failures=n, longest=timedelta(minutes=10)) for n in (1, 2, 3, 4, 5, 500)
    ]
    assert [pause.total_seconds() / 60 for pause in pauses] == [1, 2, 4, 8, 10, 10]
