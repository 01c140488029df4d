"""The worker's part, as a task."""

import importlib
from datetime import timedelta

from postbox.queue import retrying, task


@task
@retrying(attempts=3, base=timedelta(seconds=10))
def work_out(scenario_id: int) -> None:
    """What computes and draws is loaded here and not above: the web process imports this module."""
    importlib.import_module("movement.spread.what_if.computing").answer(scenario_id)
