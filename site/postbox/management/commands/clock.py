import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections

from postbox import clock

PAUSE = 2.0


class Command(BaseCommand):
    help = "Runs what happens at a rhythm. Any number of clocks may run at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="look once and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            self.stdout.write(", ".join(clock.tick()) or "Nothing is due.")
            return
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        while not stopping.wait(PAUSE):
            close_old_connections()
            try:
                clock.tick()
            except Error:
                clock.logger.exception("The clock could not reach the database; it goes on")
