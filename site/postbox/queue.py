"""Work for later: `task` marks a function, `retrying` lets it try again.

Tasks take ids and have to bear being run twice: what a killed worker left half done is started anew.

    @task
    @retrying(attempts=5, base=timedelta(seconds=30))
    def announce_article(article_id: int) -> None: ...

    announce_article.enqueue(article.pk)
"""

import functools
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string

try:
    from django.tasks import TaskResultStatus, task, task_backends
except ImportError:
    from django_tasks import TaskResultStatus, task, task_backends  # type: ignore[assignment, no-redef]

__all__ = ["FAILED", "READY", "RUNNING", "SUCCESSFUL", "backoff", "patient_task", "retrying", "task"]

READY, RUNNING = TaskResultStatus.READY, TaskResultStatus.RUNNING
FAILED, SUCCESSFUL = TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL

logger = logging.getLogger(__name__)
LONGEST_PAUSE = timedelta(hours=6)


def patient_task(function: Callable[..., Any]) -> Any:
    """A task that lets everything go first that somebody waits for. A queue in Redis knows no such order: there it
    takes its turn.
    """
    knows_order = task_backends["default"].supports_priority
    return task(priority=-50)(function) if knows_order else task(function)


def backoff(*, base: timedelta, failures: int, longest: timedelta = LONGEST_PAUSE) -> timedelta:
    """The pause after the n-th failure in a row: base, twice that, four times …, at most `longest`."""
    return min(longest, base * 2 ** min(failures - 1, 20))


def retrying(
    *, attempts: int = 5, base: timedelta = timedelta(seconds=30)
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Under `@task`: a failure puts the task back with a growing pause; the last one counts as the task's failure."""

    def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
        path = f"{function.__module__}.{function.__qualname__}"

        @functools.wraps(function)
        def attempt(*args: Any, failed_before: int = 0, **kwargs: Any) -> Any:
            failures = failed_before + 1
            try:
                return function(*args, **kwargs)
            except Exception as error:
                if failures >= attempts:
                    raise
                logger.warning("%s failed (%s of %s attempts): %r", path, failures, attempts, error)
                later = timezone.now() + backoff(base=base, failures=failures)
                import_string(path).using(run_after=later).enqueue(*args, failed_before=failures, **kwargs)

        return attempt

    return wrap
