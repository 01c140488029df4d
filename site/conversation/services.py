"""Posting and confirming comments. Each is one transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import limits
from conversation import holding, hosts, mails, tasks
from conversation.decisions import Held
from conversation.errors import Closed, NothingToAnswer, PageGone
from conversation.hosts import Target
from conversation.models import Comment, PendingComment

HOUR = timedelta(hours=1)
#: How often within an hour: for one writer, from one network without a login (a whole office may share it), on a page.
PER_WRITER, PER_NETWORK, PER_PAGE = 6, 40, 120


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody wrote, checked by the form. `reply_to` is the number of the comment it answers."""

    name: str
    text: str
    press: str
    reply_to: int | None = None
    followup: bool = False
    in_digest: bool = False


def post(*, target: Target, user: Any, words: Words, email: str = "", network: str = "") -> Comment:
    """The comment of somebody signed in, or of a reader whose browser has confirmed this address before: no mail is
    needed. Raises CannotComment, TooMany; pressing twice posts once.
    """
    try:
        with transaction.atomic():
            return _post(target, user, words, email, network)
    except IntegrityError:  # the same press, arriving at the same moment, was first
        return Comment.objects.get(press=words.press)


def _post(target: Target, user: Any, words: Words, email: str, network: str) -> Comment:
    pressed = Comment.objects.filter(press=words.press)
    found = list(pressed | Comment.objects.numbered(words.reply_to or 0))
    if already := next((comment for comment in found if comment.press == words.press), None):
        return already
    if not target.open_to(user):
        raise Closed(target.why_closed(user))
    _count(email or f"user:{user.pk}", target, network)
    if words.reply_to and not (found and found[0].stands_under(target)):
        raise NothingToAnswer
    held = holding.reason(text=words.text, name=words.name, email=email or user.email, is_reader=bool(email))
    who = {"email": email} if email else {"user": user}
    return _insert(target=target, words=words, parent=found[0] if found else None, held=held, **who)


@transaction.atomic
def ask(*, target: Target, email: str, words: Words, network: str) -> PendingComment:
    """Keep a reader's comment until its address is confirmed, and write to that address. Raises as `post` does.

    Pressed again, it is the same one, with the name and the wishes as they were corrected.
    """
    if already := PendingComment.objects.filter(press=words.press).first():
        corrected = {"name": words.name, "followup": words.followup, "in_digest": words.in_digest}
        PendingComment.objects.filter(pk=already.pk, comment=None).update(**corrected)
        return already
    if not target.open_to(AnonymousUser()):
        raise Closed(target.why_closed(AnonymousUser()))
    _count(email, target, network)
    holding.refuse_blocked(email)
    pending, is_new = PendingComment.objects.get_or_create(
        press=words.press,
        defaults={
            "content_type": target.content_type,
            "object_pk": target.thing.pk,
            "reply_to": _answered(target, words.reply_to),
            "name": words.name,
            "email": email,
            "text": words.text,
            "followup": words.followup,
            "in_digest": words.in_digest,
        },
    )
    if is_new:
        mails.ask_to_confirm(pending, target)
    return pending


@transaction.atomic
def ask_again(*, pending: PendingComment) -> None:
    """Another mail for a waiting comment, at most one a minute. Raises TooMany, PageGone."""
    target = pending.target
    if target is None:
        raise PageGone
    limits.hit(scope="comment-writer", key=pending.email, limit=PER_WRITER, per=HOUR)
    mails.ask_to_confirm(pending, target, again=f"@{timezone.now():%Y-%m-%dT%H:%M}")


@transaction.atomic
def confirm(*, pending: PendingComment) -> Comment:
    """The waiting comment stands; a second time it is the same one, and so it is where its writer pressed the button
    once more in a browser that had confirmed the address by another comment. Raises PageGone, Closed, Blocked.
    """
    pending = PendingComment.objects.select_for_update(of=("self",)).get(pk=pending.pk)
    if pending.comment:
        return pending.comment
    target = pending.target
    if target is None or not target.visible_to(AnonymousUser()):
        raise PageGone
    if not target.open_to(AnonymousUser()):
        raise Closed(target.why_closed(AnonymousUser()))
    words = Words(
        name=pending.name,
        text=pending.text,
        press=pending.press,
        followup=pending.followup,
        in_digest=pending.in_digest,
    )
    held = holding.reason(text=words.text, name=words.name, email=pending.email, is_reader=True)
    try:
        with transaction.atomic():
            comment = _insert(target=target, words=words, email=pending.email, parent=pending.reply_to, held=held)
    except IntegrityError:  # this press has posted it already
        comment = Comment.objects.get(press=words.press)
    pending.comment, pending.text, pending.name, pending.email = comment, "", "", ""
    pending.save(update_fields=["comment", "text", "name", "email"])
    return comment


@transaction.atomic
def place(
    *,
    target: Target,
    words: Words,
    user: Any = None,
    email: str = "",
    parent: Comment | None = None,
    written_at: datetime | None = None,
    is_demo: bool = False,
) -> Comment:
    """Put a comment into the thread. Whether it may stand there has been asked before."""
    return _insert(
        target=target, words=words, user=user, email=email, parent=parent, written_at=written_at, is_demo=is_demo
    )


def _answered(target: Target, number: int | None) -> Comment | None:
    """The comment of this page that is answered. Raises NothingToAnswer for one of another page, or one taken down."""
    if number is None:
        return None
    parent = Comment.objects.under(target).standing().numbered(number).first()
    if parent is None:
        raise NothingToAnswer
    return parent


def _count(writer: str, target: Target, network: str = "") -> None:
    limits.hit(scope="comment-writer", key=writer, limit=PER_WRITER, per=HOUR)
    limits.hit(scope="comment-page", key=f"{target.kind}:{target.thing.pk}", limit=PER_PAGE, per=HOUR)
    if network:
        limits.hit(scope="comment-network", key=network, limit=PER_NETWORK, per=HOUR)


def _insert(
    *,
    target: Target,
    words: Words,
    parent: Comment | None,
    user: Any = None,
    email: str = "",
    held: Held = Held.NOT,
    **others: Any,
) -> Comment:
    """Raises IntegrityError for a press that is there already."""
    by_letter = words.in_digest and words.followup and user is None
    comment = Comment(
        content_type=target.content_type,
        object_pk=str(target.thing.pk),
        talk=target.key,
        site_id=settings.SITE_ID,
        user=user,
        user_name=words.name,
        user_email="" if user else email.lower(),
        comment=words.text,
        submit_date=others.get("written_at"),
        followup=words.followup,
        in_digest=by_letter,
        reply_to=parent,
        press=words.press or None,
        is_demo=others.get("is_demo", False),
        is_public=not held,
        held_for=held,
    )
    comment.take_place(root=parent.root if parent else None)
    if by_letter:
        tasks.join_digest.enqueue(comment.pk)
    if held:
        return comment
    if parent and not comment.is_demo:
        tasks.tell_followers.enqueue(comment.pk)
    hosts.changed(target)
    return comment
