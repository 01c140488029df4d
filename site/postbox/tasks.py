"""The ground's own rhythm: recovery, tidying, and the digests."""

from datetime import timedelta

from accounts import limits
from postbox import recovery, retention
from postbox.bounces.emptying import read_mailbox
from postbox.clock import job
from postbox.digests import writing
from postbox.pauses.services import forget_ended
from postbox.queue import retrying, task

job(name="postbox.sweep-limits", every=timedelta(hours=1))(limits.sweep)
job(name="postbox.recover-tasks", every=timedelta(seconds=30))(recovery.recover_tasks)
job(name="postbox.forget-old-mails", every=timedelta(days=1))(retention.forget_old_rows)


@task
@retrying(attempts=6, base=timedelta(seconds=30))
def write_digests() -> None:
    writing.write_due()


@job(name="postbox.digests", every=timedelta(minutes=5))
def have_digests_written() -> None:
    """Thousands may be due at once: the clock only looks."""
    if writing.anything_due():
        write_digests.enqueue()


job(name="postbox.read-bounces", every=timedelta(minutes=5))(read_mailbox)
job(name="postbox.forget-pauses", every=timedelta(hours=6))(forget_ended)
