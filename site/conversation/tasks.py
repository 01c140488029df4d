"""What the clock does for the talk."""

from datetime import timedelta

from conversation import digest, following
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


@task
@retrying(attempts=6, base=timedelta(seconds=20))
def join_digest(comment_id: int) -> None:
    """Its writer asked to hear of replies in the weekly letter; run twice, it is one letter."""
    comment = Comment.objects.numbered(comment_id).first()
    if comment is not None and comment.user_email:
        digest.join(comment)


@job(name="conversation-sweep", every=timedelta(days=1))
def forget_unconfirmed() -> int:
    """What nobody confirmed in time is deleted, address and all; returns how many."""
    return PendingComment.objects.outdated().delete()[0]
