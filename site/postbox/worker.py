"""One process that does the queue's tasks and sends the mails."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from postbox import sender
from postbox.models import WorkerPulse

logger = logging.getLogger(__name__)
PULSE, PAUSE = 10.0, 1.0


class Companion(threading.Thread):
    """Does `step` again and again beside the queue's own loop, until `stop()`; outlives whatever goes wrong."""

    def __init__(self, name: str, step: Callable[[], object], pause: float, stopping: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.step, self.pause, self.stopping = step, pause, stopping

    def run(self) -> None:
        while not self.stopping.is_set():
            close_old_connections()
            try:
                self.step()
            except Exception:
                logger.exception("The worker's %s failed; it goes on", self.name)
            self.stopping.wait(self.pause)
        connection.close()


def companions(worker: str, stopping: threading.Event, *, lease: timedelta) -> list[Companion]:
    """The sign of life, the mail sender and, for a queue in Redis, what is due later; ready to start."""
    beside = [
        Companion("pulse", lambda: beat(worker), PULSE, stopping),
        Companion("sender", lambda: sender.send_waiting(lease=lease, stopping=stopping.is_set), PAUSE, stopping),
    ]
    if settings.REDIS_URL:
        plan = import_string("postbox.redis_queue.scheduler")()
        release = import_string("postbox.redis_queue.release_due")
        beside.append(Companion("scheduler", lambda: release(plan), PAUSE, stopping))
    return beside


def beat(worker: str) -> None:
    WorkerPulse.objects.update_or_create(worker=worker, defaults={"seen_at": timezone.now()})
