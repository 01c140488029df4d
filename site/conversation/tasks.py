"""What the clock does for the talk."""

from datetime import timedelta

from conversation import following
from conversation.models import Comment, PendingComment
from postbox.clock import job
from postbox.queue import retrying, task


@task
@retrying(attempts=6, base=timedelta(seconds=20))
def tell_followers(reply_id: int) -> None:
    """Mail those who follow the thread; run twice, it writes to nobody twice."""
    reply = Comment.objects.numbered(reply_id).first()
    if reply is not None:
        following.tell(reply)


@job(name="conversation-sweep", every=timedelta(days=1))
def forget_unconfirmed() -> int:
    """What nobody confirmed in time is deleted, address and all; returns how many."""
    return PendingComment.objects.outdated().delete()[0]
