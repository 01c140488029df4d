"""The queue's loop outlasts a database that is away for a while."""

import pytest
from django.db import OperationalError
from django_tasks_db.management.commands.db_worker import Worker

from postbox import database_queue


@pytest.fixture
def locked_twice(monkeypatch) -> list[str]:
    """The library's loop, which lets the error of its first step through."""
    said: list[str] = []

    def run(_worker: Worker) -> None:
        said.append("locked" if len(said) < 2 else "done")
        if said[-1] == "locked":
            raise OperationalError("database is locked")

    monkeypatch.setattr(Worker, "run", run)
    monkeypatch.setattr(Worker, "configure_signals", lambda _worker: None)
    monkeypatch.setattr(database_queue, "PAUSE", 0.0)
    return said


def test_a_locked_database_does_not_end_the_worker(locked_twice):
    database_queue.work("worker-1", burst=False)
    assert locked_twice == ["locked", "locked", "done"]


def test_whoever_asked_for_what_is_waiting_hears_that_it_failed(locked_twice):
    with pytest.raises(OperationalError):
        database_queue.work("worker-1", burst=True)
    assert locked_twice == ["locked"]
