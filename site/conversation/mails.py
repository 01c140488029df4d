"""The mails that the talk sends. None carries what a stranger typed: neither a comment's text nor a free name."""

from django.urls import reverse

from accounts import tokens
from conversation.decisions import Decision
from conversation.hosts import Target
from conversation.models import WAITS_FOR, Comment, PendingComment
from postbox.links import absolute
from postbox.services import send_mail

CONFIRM, REPLY, REMOVED = "comment-confirm", "comment-reply", "comment-removed"
MUTE, ANSWER = "comment-mute", "comment-answer"


def ask_to_confirm(pending: PendingComment, target: Target, *, again: str = "") -> None:
    """One mail for each `again` (a moment, when the writer asks for another)."""
    token = tokens.make(purpose=CONFIRM, subject=pending.pk)
    send_mail(
        kind=CONFIRM,
        to=pending.email,
        event=f"pending-comment:{pending.pk}{again}",
        template="comment_confirm",
        context={
            "title": str(target.thing),
            "link": absolute(reverse("conversation:confirm", args=[token])),
            "days": WAITS_FOR.days,
        },
    )


def event_of(reply: Comment, follower: Comment) -> str:
    """Names the follower too: before sending it is asked whether they still want to hear."""
    return f"comment:{reply.pk}:{follower.pk}"


def tell_of_reply(*, reply: Comment, follower: Comment, target: Target) -> None:
    """`follower` is the comment whose writer asked to hear of replies."""
    mute = absolute(reverse("conversation:mute", args=[tokens.make(purpose=MUTE, subject=follower.pk)]))
    send_mail(
        kind=REPLY,
        to=follower.user.email if follower.user else follower.user_email,
        event=event_of(reply, follower),
        template="comment_reply",
        context={
            "title": str(target.thing),
            "link": absolute(reply.get_absolute_url()),
        },
        user=follower.user,
        unsubscribe_url=mute,
    )


def tell_why(decision: Decision, comment: Comment, target: Target) -> None:
    """The reason is an editor's; the link lets the writer answer once. Nothing for a writer without an address."""
    if not comment.writers_address:
        return
    token = tokens.make(purpose=ANSWER, subject=decision.pk)
    send_mail(
        kind=REMOVED,
        to=comment.writers_address,
        event=f"comment-decision:{decision.pk}",
        template="comment_removed",
        context={
            "title": str(target.thing),
            "why": decision.why,
            "link": absolute(reverse("conversation:answer", args=[token])),
        },
        user=comment.user,
    )
