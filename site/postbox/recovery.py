"""What a killed worker left running is given to another one."""

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from postbox.models import WorkerPulse
from postbox.queue import FAILED, READY, RUNNING

logger = logging.getLogger(__name__)
#: A worker tells every few seconds that it is alive (`postbox.worker`).
SILENCE = timedelta(minutes=1)
#: For workers that tell nothing.
LONGEST_TASK = timedelta(hours=1)
#: A task that killed its worker this often is not tried again.
STARTS = 3


def recover_tasks() -> int:
    """Make tasks of dead workers ready again; returns how many."""
    now = timezone.now()
    seen = dict(WorkerPulse.objects.values_list("worker", "seen_at"))
    silent = {worker for worker, at in seen.items() if at <= now - SILENCE}
    recovered = 0
    for row in DBTaskResult.objects.running().filter(started_at__lt=now - SILENCE):
        worker = row.worker_ids[-1] if row.worker_ids else ""
        is_stranger = worker not in seen and row.started_at < now - LONGEST_TASK
        if worker in silent or is_stranger:
            recovered += _give_back(row)
    if settings.REDIS_URL:
        recovered += import_string("postbox.redis_queue.recover")(silent.__contains__)
    return recovered


def _give_back(row: DBTaskResult) -> int:
    too_often = len(row.worker_ids) >= STARTS
    left = DBTaskResult.objects.filter(pk=row.pk, status=RUNNING, started_at=row.started_at)
    if too_often:
        fields = {"status": FAILED, "finished_at": timezone.now(), "traceback": "Its workers died."}
    else:
        fields = {"status": READY}
    logger.warning("The task %s lost its worker: %s", row.task_path, fields["status"])
    return left.update(**fields)
