import signal
import threading
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string

from postbox import sender, worker

#: Seconds that the mail in hand may still take when the worker is told to stop.
GRACE = 30


class Command(BaseCommand):
    help = "Does the tasks of the queue and sends the mails that wait, until it is told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--burst", "--once", action="store_true", help="do what is waiting, then end")
        parser.add_argument(
            "--lease",
            type=float,
            default=sender.LEASE.total_seconds(),
            help="seconds until the mail in a killed worker’s hand is sent by another (default: %(default)s)",
        )

    def handle(self, *args: Any, burst: bool, lease: float, **options: Any) -> None:
        name = f"worker-{get_random_string(12)}"
        work = import_string("postbox.redis_queue.work" if settings.REDIS_URL else "postbox.database_queue.work")
        if burst:
            work(name, burst=True)
            sender.send_waiting(lease=timedelta(seconds=lease))
            return
        stopping = threading.Event()
        beside = worker.companions(name, stopping, lease=timedelta(seconds=lease))
        for thread in beside:
            thread.start()
        try:
            work(name, burst=False)
        finally:
            stopping.set()
            for number in (signal.SIGTERM, signal.SIGINT):  # it is ending: a second signal must not cut a mail short
                signal.signal(number, signal.SIG_IGN)
            for thread in beside:
                thread.join(timeout=GRACE)
