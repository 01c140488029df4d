"""The queue's own loop when it is in the database."""

import logging
import time

from django.db import Error
from django_tasks_db.management.commands.db_worker import Worker

logger = logging.getLogger(__name__)
QUEUE = BACKEND = "default"
PAUSE = 0.5


def work(name: str, *, burst: bool) -> None:
    """Do tasks until SIGTERM or SIGINT (the task in hand is finished first), or until none is left when `burst`.

    A database that is away or locked ends no loop: it goes on as soon as it can.
    """
    worker = Worker(
        queue_names=[QUEUE],
        interval=PAUSE,
        batch=burst,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    if not burst:
        worker.configure_signals()
    while True:
        try:
            return worker.run()
        except Error:
            # A long import holds SQLite's only pen for minutes; a task in hand is swept up as a killed worker's is.
            if burst or not worker.running:
                raise
            logger.exception("The queue could not reach the database; it goes on")
            time.sleep(PAUSE)
