"""The queue in Redis: enqueueing after the commit, the loop, what is due later, and what a dead worker left."""

import logging
from collections.abc import Callable
from typing import Any

import django_rq
from django.db import transaction
from django_rq.workers import get_worker
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks_rq import Job, RQBackend
from rq.exceptions import NoSuchJobError
from rq.registry import StartedJobRegistry
from rq.scheduler import RQScheduler

QUEUE = "default"


class AfterCommitBackend(RQBackend):
    """A task enqueued in a transaction reaches Redis when that is committed, so its worker finds the rows."""

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        self.validate_task(task)
        if not transaction.get_connection().in_atomic_block:
            return super().enqueue(task, args, kwargs)
        transaction.on_commit(lambda: RQBackend.enqueue(self, task, args, kwargs))
        return TaskResult(
            task=task,
            id="",
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


def work(name: str, *, burst: bool) -> None:
    """Do tasks until SIGTERM or SIGINT (the task in hand is finished first), or until none is left when `burst`.

    In this process and not in forks of it: the chart renderer hangs in a fork once it was used.
    """
    if burst:
        plan = scheduler()
        release_due(plan)
        plan.release_locks()
    get_worker(QUEUE, worker_class="rq.SimpleWorker", name=name).work(burst=burst, logging_level="WARNING")


def scheduler() -> RQScheduler:
    return RQScheduler([QUEUE], connection=django_rq.get_connection(QUEUE), logging_level=logging.WARNING)


def release_due(plan: RQScheduler) -> None:
    """Put tasks whose `run_after` has come into the queue; one scheduler at a time holds the lock for that."""
    if plan.acquire_locks():
        plan.enqueue_scheduled_jobs()


def recover(is_dead: Callable[[str], bool]) -> int:
    """Enqueue again what was running in workers that are dead; returns how many."""
    queue = django_rq.get_queue(QUEUE, job_class=Job)
    running = StartedJobRegistry(queue=queue, job_class=Job)
    recovered = 0
    for number in running.get_job_ids(cleanup=False):
        try:
            job = Job.fetch(number, connection=queue.connection)
        except NoSuchJobError:
            continue
        if job.worker_name and is_dead(job.worker_name):
            running.remove_executions(job)
            queue.enqueue_job(job)
            recovered += 1
    return recovered
