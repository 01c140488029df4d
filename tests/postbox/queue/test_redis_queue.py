"""The queue in Redis, where there is one: after the commit, later when asked, and again after a worker's death."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from postbox import recovery
from postbox.models import WorkerPulse
from postbox.queue import retrying, task

if not settings.REDIS_URL:
    pytest.skip("needs REDIS_URL", allow_module_level=True)

import django_rq
from django_tasks_rq import Job
from rq.executions import Execution
from rq.job import JobStatus
from rq.registry import ScheduledJobRegistry, StartedJobRegistry

from postbox import redis_queue

pytestmark = pytest.mark.django_db(transaction=True)
done: list[int] = []


@task
@retrying(attempts=3, base=timedelta(seconds=1))
def needs_patience(number: int, *, fails: int = 0) -> None:
    done.append(number)
    if len(done) <= fails:
        raise ConnectionError("not yet")


@pytest.fixture(autouse=True)
def queue():
    """The real queue, emptied before and after."""
    queue = django_rq.get_queue(redis_queue.QUEUE, job_class=Job)
    for registry in (StartedJobRegistry(queue=queue), ScheduledJobRegistry(queue=queue)):
        queue.connection.delete(registry.key)
    queue.empty()
    done.clear()
    yield queue
    queue.empty()


def test_a_task_reaches_redis_with_the_commit_of_its_cause(queue):
    with transaction.atomic():
        needs_patience.enqueue(5)
        assert len(queue) == 0
    assert len(queue) == 1
    redis_queue.work("here", burst=True)
    assert done == [5]


def test_a_task_of_a_transaction_rolled_back_is_never_done(queue):
    @transaction.atomic
    def comment() -> None:
        needs_patience.enqueue(5)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        comment()
    redis_queue.work("here", burst=True)
    assert done == []


def test_a_failed_task_is_done_again_when_its_pause_is_over(queue, eventually):
    needs_patience.enqueue(5, fails=1)
    redis_queue.work("here", burst=True)
    assert (done, len(queue), ScheduledJobRegistry(queue=queue).count) == ([5], 0, 1)

    def done_again() -> bool:
        redis_queue.work("here", burst=True)
        return done == [5, 5]

    eventually(done_again, 10)


def test_what_a_dead_worker_had_in_hand_is_enqueued_again(queue):
    needs_patience.enqueue(5)
    (job,) = queue.jobs
    queue.empty()
    job.save()
    job.worker_name = "dead"
    job.set_status(JobStatus.STARTED)
    job.save()
    with queue.connection.pipeline() as pipeline:
        Execution.create(job, ttl=600, pipeline=pipeline)
        pipeline.execute()
    WorkerPulse.objects.create(worker="dead", seen_at=timezone.now() - 2 * recovery.SILENCE)
    assert (recovery.recover_tasks(), len(queue)) == (1, 1)
    redis_queue.work("here", burst=True)
    assert done == [5]
