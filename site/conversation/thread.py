"""One page of a talk: two levels deep, oldest first, paged by key."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from conversation import models
from conversation.hosts import Target
from conversation.models import Comment, RemovedBy


@dataclass
class Entry:
    """A comment with what its place needs; `answers` is the comment it answers, when that is not the root above it."""

    comment: Comment
    is_author: bool = False
    is_own: bool = False
    editable: bool = False
    answers: Comment | None = None

    @property
    def taken_down(self) -> bool:
        return self.comment.removed_by == RemovedBy.EDITOR


@dataclass
class Strand:
    """A root with its replies. `root` is None where a page begins in the middle of the replies."""

    root: Entry | None
    replies: list[Entry] = field(default_factory=list)


@dataclass
class Thread:
    target: Target
    strands: list[Strand]
    count: int
    next_id: int | None

    @property
    def next_url(self) -> str:
        return f"{self.target.url}?{urlencode({'comments': f'after-{self.next_id}'})}#comments"


def number_in(text: str, prefix: str = "") -> int | None:
    """A comment's number as it stands in an address; None for anything else."""
    digits = text.removeprefix(prefix) if text.startswith(prefix) else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 10 else None


def read(*, target: Target, user: Any, after: int | None = None) -> Thread:
    """The page of the talk that follows the comment `after` (from the start without one)."""
    shown = Comment.objects.under(target).shown().oldest_first()
    last = Comment.objects.under(target).numbered(after).first() if after else None
    found = list((shown.after(last) if last else shown)[: models.PAGE + 1])
    page = found[: models.PAGE]
    whole = last is None and len(found) == len(page)
    standing = Comment.objects.under(target).standing()
    count = sum(not comment.is_removed for comment in page) if whole else standing.count()
    next_id = page[-1].pk if len(found) > models.PAGE else None
    return Thread(target, _strands(_entries(page, target=target, user=user)), count, next_id)


def _entries(page: Iterable[Comment], *, target: Target, user: Any) -> list[Entry]:
    comments = list(page)
    by_number = {comment.pk: comment for comment in comments}
    authors = target.host.author_users(target.thing) if comments else set()
    return [
        Entry(
            comment,
            is_author=(comment.user_id, comment.user_name) in authors,
            is_own=comment.deletable_by(user),
            editable=comment.editable_by(user),
            answers=by_number.get(comment.reply_to_id) if comment.reply_to_id != comment.parent_id else None,
        )
        for comment in comments
    ]


def _strands(entries: Iterable[Entry]) -> list[Strand]:
    strands: list[Strand] = []
    for entry in entries:
        if entry.comment.level == 0:
            strands.append(Strand(entry))
            continue
        if not strands:
            strands.append(Strand(None))
        strands[-1].replies.append(entry)
    return strands
