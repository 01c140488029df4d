"""Counting in the memory of each web process: a request adds one to a number and goes on.

A thread of the process brings the numbers to the database every `READS_KEPT_EVERY` seconds and when the process ends.
It begins with the first read, so that a command has none, and a process that was forked has its own.
"""

import atexit
import logging
import os
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db import connections
from django.http import HttpRequest
from django.utils import timezone

from content.reads.keeping import keep
from content.reads.readers import is_a_read

logger = logging.getLogger(__name__)
#: So much is remembered while the database is away; reads of further pages are then lost.
MOST_NUMBERS = 20_000


class Read(NamedTuple):
    """`user_id` is known until the number is kept, to leave out those who work on the page; None for visitors."""

    page_id: int
    day: date
    user_id: int | None = None


class Tally:
    """The numbers that are not yet in the database."""

    def __init__(self, keep: Callable[[Counter[Read]], None]) -> None:
        self.keep = keep
        self.begin_anew()

    def begin_anew(self) -> None:
        """A forked process begins at nought: its parent's numbers are its parent's to keep."""
        self.numbers: Counter[Read] = Counter()
        self.lock, self.flushing = threading.Lock(), threading.Lock()
        self.thread: threading.Thread | None = None

    def add(self, read: Read) -> None:
        with self.lock:
            if read in self.numbers or len(self.numbers) < MOST_NUMBERS:
                self.numbers[read] += 1
            begin = self.thread is None and settings.READS_KEPT_EVERY
            if begin:
                self.thread = threading.Thread(target=self._keep_on, name="reads", daemon=True)
        if begin:
            atexit.register(self.flush)
            self.thread.start()  # type: ignore[union-attr]

    def flush(self) -> None:
        """Bring everything to the database; what it does not take is kept for the next time."""
        with self.flushing:
            with self.lock:
                taken, self.numbers = self.numbers, Counter()
            if not taken:
                return
            try:
                self.keep(taken)
            except Exception as error:  # whatever it is, the numbers and the thread must outlast it
                logger.warning("the reads wait for the database: %r", error)
                with self.lock:
                    self.numbers.update(taken)

    def _keep_on(self) -> None:
        pause = threading.Event()
        while True:
            pause.wait(settings.READS_KEPT_EVERY)
            self.flush()
            connections.close_all()  # this thread's own


tally = Tally(keep)
os.register_at_fork(after_in_child=tally.begin_anew)


def count(request: HttpRequest, page_id: int | None) -> None:
    """Count this request as a read of the page, if it is one. No query, no write."""
    if page_id is None or not is_a_read(request):
        return
    user = getattr(request, "user", None)  # a shared copy is answered before anybody asks who it is
    user_id = user.pk if user is not None and user.is_authenticated else None
    tally.add(Read(page_id, timezone.localdate(timezone=timezone.get_default_timezone()), user_id))
