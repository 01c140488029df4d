"""The mails that the talk sends. None carries what a stranger typed: neither a comment's text nor a free name."""

from django.urls import reverse

from accounts import tokens
from conversation.decisions import Decision
from conversation.hosts import Target
from conversation.models import WAITS_FOR, Comment, PendingComment
from postbox.links import absolute
from postbox.services import send_mail

CONFIRM, REPLY, REMOVED, STANDS = "comment-confirm", "comment-reply", "comment-removed", "comment-stands"
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
            "title": target.title,
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
            "title": target.title,
            "link": absolute(reply.get_absolute_url()),
        },
        user=follower.user,
        unsubscribe_url=mute,
    )


def tell_it_stands(comment: Comment, target: Target) -> None:
    """To the writer of a comment that waited for an editor; once, however often it is taken down and let stand."""
    if not comment.writers_address:
        return
    send_mail(
        kind=STANDS,
        to=comment.writers_address,
        event=f"comment-stands:{comment.pk}",
        template="comment_stands",
        context={"title": target.title, "link": absolute(comment.address_under(target))},
        user=comment.user,
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
            "title": target.title,
            "why": decision.why,
            "link": absolute(reverse("conversation:answer", args=[token])),
        },
        user=comment.user,
    )
