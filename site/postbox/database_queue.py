"""The queue's own loop when it is in the database."""

from django_tasks_db.management.commands.db_worker import Worker

QUEUE = BACKEND = "default"
PAUSE = 0.5


def work(name: str, *, burst: bool) -> None:
    """Do tasks until SIGTERM or SIGINT (the task in hand is finished first), or until none is left when `burst`."""
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
    worker.run()
