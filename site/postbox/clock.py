"""What happens at a rhythm.

    @job(name="spread-month", every=timedelta(hours=1))
    def count_the_month() -> None: ...

Time is cut into slots of `every`; a row per (job, slot) is claimed by one conditional update. So any number of clocks
may run without a leader, and each job runs once in a slot: again after a growing pause when it failed, and taken over
when its clock was killed. A job that takes long enqueues a task.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import F
from django.utils import timezone as now_source

from postbox.models import ClockRun
from postbox.queue import backoff

logger = logging.getLogger(__name__)
Job = Callable[[], object]
#: A clock that has not reported back for so long is taken for dead.
LEASE = timedelta(minutes=15)
FIRST_PAUSE, LONGEST_PAUSE, ATTEMPTS = timedelta(seconds=30), timedelta(hours=1), 8


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    name: str
    every: timedelta
    function: Job

    def slot(self, now: datetime) -> datetime:
        """The start of the stretch of time that `now` lies in."""
        length = int(self.every.total_seconds())
        return datetime.fromtimestamp(int(now.timestamp()) // length * length, tz=UTC)


_rhythms: dict[str, Rhythm] = {}


def job(*, name: str, every: timedelta) -> Callable[[Job], Job]:
    """Run the function (without arguments) once in every stretch of `every`, whatever number of clocks there are."""
    if every < timedelta(seconds=1):
        raise ValueError("The shortest rhythm is a second.")

    def keep(function: Job) -> Job:
        if name in _rhythms:
            raise ValueError(f"There is a job named {name} already.")
        _rhythms[name] = Rhythm(name=name, every=every, function=function)
        return function

    return keep


def jobs() -> list[Rhythm]:
    return list(_rhythms.values())


def tick(now: datetime | None = None) -> list[str]:
    """Run what is due and nobody else has taken; returns the names of the jobs that this call ran."""
    moment = now or now_source.now()
    return [rhythm.name for rhythm in jobs() if _take(rhythm, moment) and _run(rhythm, moment)]


def _take(rhythm: Rhythm, now: datetime) -> bool:
    slot = {"job": rhythm.name, "slot": rhythm.slot(now)}
    due = ClockRun.objects.filter(**slot)
    if not due.exists():
        ClockRun.objects.bulk_create([ClockRun(**slot, not_before=now)], ignore_conflicts=True)
    due = due.filter(finished_at=None, not_before__lte=now, attempts__lt=ATTEMPTS)
    return bool(due.update(started_at=now, not_before=now + LEASE, attempts=F("attempts") + 1))


def _run(rhythm: Rhythm, now: datetime) -> bool:
    run = ClockRun.objects.get(job=rhythm.name, slot=rhythm.slot(now))
    try:
        rhythm.function()
    except Exception as error:
        logger.exception("The job %s failed (attempt %s)", rhythm.name, run.attempts)
        run.error = repr(error)[:500]
        run.not_before = now + backoff(base=FIRST_PAUSE, failures=run.attempts, longest=LONGEST_PAUSE)
        run.save(update_fields=["error", "not_before"])
    else:
        run.finished_at, run.error = now_source.now(), ""
        run.save(update_fields=["finished_at", "error"])
    return True
