"""The ground's own rhythm: recovery and tidying."""

from datetime import timedelta

from accounts import limits
from postbox import recovery, retention
from postbox.clock import job

job(name="postbox.sweep-limits", every=timedelta(hours=1))(limits.sweep)
job(name="postbox.recover-tasks", every=timedelta(seconds=30))(recovery.recover_tasks)
job(name="postbox.forget-old-mails", every=timedelta(days=1))(retention.forget_old_rows)
