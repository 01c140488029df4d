"""What happens to a comment that is there: its writer changes or deletes it, editors decide, somebody flags it, its
writer is called by another name. Each is one transaction.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django_comments.models import CommentFlag

from conversation import holding, hosts, mails, tasks
from conversation.decisions import Held
from conversation.errors import NeedsALook, TooLate
from conversation.models import EDITABLE_FOR, Comment, EarlierWords, RemovedBy

#: What taking down writes, and letting stand takes back.
STATE = ("is_removed", "removed_by", "removed_why", "removed_at")


def look_again(comment: Comment) -> None:
    """Read a comment as it is now and keep it from others until the transaction ends: whoever decides may have it in
    hand from before its writer deleted it. Answers that arrive meanwhile need not wait.
    """
    comment.refresh_from_db(from_queryset=Comment.objects.select_for_update(no_key=True))


@transaction.atomic
def edit(*, comment: Comment, text: str) -> Comment:
    """Raises TooLate after a quarter of an hour, NeedsALook for words that would have waited for an editor, Blocked."""
    look_again(comment)
    if comment.is_removed or comment.submit_date <= timezone.now() - EDITABLE_FOR:
        raise TooLate
    if text == comment.comment:
        return comment
    held = holding.reason(text=text, name=comment.shown_name, email=comment.writers_address, is_reader=False)
    if held and comment.is_public:
        raise NeedsALook
    EarlierWords.objects.create(comment=comment, text=comment.comment)
    comment.comment, comment.edited_at = text, timezone.now()
    comment.save(update_fields=["comment", "edited_at"])
    hosts.changed(comment.target)
    return comment


@transaction.atomic
def remove(*, comment: Comment, by: RemovedBy, why: str = "") -> Comment:
    """Take a comment down. What it said goes with its writer's own hand; an editor's decision can be taken back."""
    look_again(comment)
    if comment.is_removed:
        return comment
    comment.is_removed, comment.removed_by, comment.removed_why = True, by, why
    comment.removed_at = timezone.now()
    fields = [*STATE]
    if by == RemovedBy.WRITER:
        comment.comment, comment.followup = "", False
        fields += ["comment", "followup"]
        comment.earlier_words.all().delete()
    comment.save(update_fields=fields)
    hosts.changed(comment.target)
    return comment


@transaction.atomic
def approve(*, comment: Comment) -> Comment:
    """Let a held or taken-down comment stand, and settle its flags. What its writer deleted stays deleted."""
    look_again(comment)
    if comment.removed_by == RemovedBy.WRITER:
        return comment
    was_held, held_for = not comment.is_public, comment.held_for
    comment.is_public, comment.is_removed, comment.removed_by = True, False, RemovedBy.NOBODY
    comment.removed_why, comment.removed_at, comment.held_for = "", None, Held.NOT
    if was_held:
        comment.stood_at = timezone.now()
    comment.save(update_fields=[*STATE, "is_public", "held_for", "stood_at"])
    CommentFlag.objects.filter(comment_id=comment.pk, flag=CommentFlag.SUGGEST_REMOVAL).delete()
    target = comment.target
    if was_held:
        tasks.tell_followers.enqueue(comment.pk)
    if was_held and target and held_for != Held.BROUGHT:
        mails.tell_it_stands(comment, target)
    hosts.changed(target)
    return comment


def flag(*, comment: Comment, user: Any) -> CommentFlag:
    """Ask the editors to look at a comment; once per person."""
    wanted = {"comment_id": comment.pk, "user": user, "flag": CommentFlag.SUGGEST_REMOVAL}
    return CommentFlag.objects.get_or_create(**wanted)[0]


def rename_writer(*, user: Any, name: str, formerly: str | None = None) -> None:
    """Call a person by another name beside everything they wrote (an alias taken later holds for the past too).

    With `formerly`, only where they stand under that name.
    """
    written = Comment.objects.filter(user=user)
    if formerly is not None:
        written = written.filter(user_name=formerly)
    targets = hosts.targets_of(written)
    written.update(user_name=name)
    for target in targets:
        hosts.changed(target)
