"""One page of a talk: two levels deep, oldest first or by newest activity, paged by key."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max

from conversation import models
from conversation.beside import Piece, pieces
from conversation.hosts import Target
from conversation.models import Comment, CommentQuerySet, Reaction, RemovedBy


@dataclass(frozen=True)
class Wanted:
    """Which page: `kind` is "after", "at" (the page this comment stands on), "new" (by activity) or nothing."""

    kind: str = ""
    number: int | None = None

    @property
    def newest(self) -> bool:
        return self.kind == "new"


@dataclass
class Entry:
    """A comment with what its place needs. `answers` is the comment it answers, when that is not the root above it;
    `reacts`: the one who looks may say something to it with one press; `mine` is what they said, to all comments here.
    """

    comment: Comment
    is_author: bool = False
    is_own: bool = False
    editable: bool = False
    answers: Comment | None = None
    reacts: bool = False
    mine: set[tuple[int, str]] = field(default_factory=set)
    beside: list[Piece] = field(default_factory=list)

    @property
    def reactions(self) -> list[dict[str, Any]]:
        """What can be said to it, how often it was, and whether by the one who looks."""
        return [
            {"kind": kind, "count": count, "mine": (self.comment.pk, kind.value) in self.mine}
            for kind, count in self.comment.said
        ]

    @property
    def taken_down(self) -> bool:
        return self.comment.removed_by == RemovedBy.EDITOR


@dataclass
class Strand:
    """A root with its replies. `root` is None where a page begins in the middle of the replies; `goes_on` where the
    page ends there although the talk's next strand is not the next thing to read.
    """

    root: Entry | None
    replies: list[Entry] = field(default_factory=list)
    goes_on: int | None = None


@dataclass
class Thread:
    """`after` is what the next page begins after; `first` says that the page begins where the talk does."""

    target: Target
    strands: list[Strand]
    count: int
    after: str = ""
    first: bool = True
    newest: bool = False

    @property
    def next_url(self) -> str:
        return f"{self.target.url}?{urlencode({'comments': self.after})}#comments"


def number_in(text: str, prefix: str = "") -> int | None:
    """A comment's number as it stands in an address; None for anything else."""
    digits = text.removeprefix(prefix) if text.startswith(prefix) else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 10 else None


def wanted(text: str) -> Wanted:
    """The page that an address asks for; the first one for what is no address of ours."""
    kind, _dash, _rest = text.partition("-")
    number = number_in(text, f"{kind}-")
    if text == "new" or (kind in ("after", "at", "new") and number):
        return Wanted(kind, number)
    return Wanted()


def read(*, target: Target, user: Any, page: Wanted | None = None) -> Thread:
    """At most four queries, one more for who is signed in and one for each `Beside`; each of them along an index,
    however long the talk is.
    """
    page = page or Wanted()
    talk = Comment.objects.under(target)
    if page.newest:
        return _newest(target, user, talk, page.number)
    found, first = _oldest(talk.shown().oldest_first(), page)
    shown = found[: models.PAGE]
    whole = first and len(found) == len(shown)
    count = sum(not comment.is_removed for comment in shown) if whole else talk.standing().count()
    after = f"after-{shown[-1].pk}" if len(found) > models.PAGE else ""
    return Thread(target, _strands(_entries(shown, target, user)), count, after, first)


def _oldest(shown: CommentQuerySet, page: Wanted) -> tuple[list[Comment], bool]:
    """One more than a page, and whether it is the first."""
    if page.kind == "after" and (last := Comment.objects.numbered(page.number or 0).first()):
        return list(shown.after(last)[: models.PAGE + 1]), False
    found = list(shown[: models.PAGE + 1])
    if page.kind != "at" or any(comment.pk == page.number for comment in found[: models.PAGE]):
        return found, True
    here = shown.numbered(page.number or 0).first()
    return (list(shown.opening_at(here)[: models.PAGE + 1]), False) if here else (found, True)


def _newest(target: Target, user: Any, talk: CommentQuerySet, before: int | None) -> Thread:
    """Whole strands, the one that was last answered first, as many as fit on a page."""
    strands = talk.shown().order_by().values_list("root").annotate(latest=Max("library_row"), n=Count("library_row"))
    earlier = strands.filter(latest__lt=before) if before else strands
    ranked = list(earlier.order_by("-latest")[: models.PAGE + 1])
    fitting: list[tuple[int, int]] = []
    room = models.PAGE
    for root, latest, size in ranked:
        if fitting and size > room:
            break
        fitting.append((root, latest))
        room -= size
    roots = [root for root, _latest in fitting]
    found = list(talk.shown().filter(root__in=roots).oldest_first()[: models.PAGE + 1])
    by_root = {
        strand.root.comment.root: strand
        for strand in _strands(_entries(found[: models.PAGE], target, user))
        if strand.root
    }
    if len(found) > models.PAGE:
        by_root[roots[0]].goes_on = found[models.PAGE - 1].pk
    after = f"new-{fitting[-1][1]}" if len(ranked) > len(fitting) else ""
    shown = [by_root[root] for root in roots if root in by_root]
    return Thread(target, shown, talk.standing().count(), after, before is None, newest=True)


def _entries(comments: list[Comment], target: Target, user: Any) -> list[Entry]:
    answered = _answered(comments)
    authors = target.host.author_users(target.thing) if comments else set()
    signed_in = bool(comments) and user.is_authenticated
    besides = pieces(user, [comment for comment in comments if not comment.is_removed])
    mine = Reaction.objects.of(user, [comment.pk for comment in comments]) if signed_in else set()
    return [
        Entry(
            comment,
            is_author=comment.by_author or (comment.user_id, comment.user_name) in authors,
            is_own=comment.deletable_by(user),
            editable=comment.editable_by(user),
            reacts=signed_in and not comment.written_by(user),
            mine=mine,
            beside=besides.get(comment.pk, []),
            answers=answered.get(comment.reply_to_id) if comment.reply_to_id != comment.parent_id else None,
        )
        for comment in comments
    ]


def _answered(comments: list[Comment]) -> dict[int | None, Comment]:
    """The comments that these answer; one more query where some of them stand on an earlier page."""
    here: dict[int | None, Comment] = {comment.pk: comment for comment in comments}
    elsewhere = {comment.reply_to_id for comment in comments if comment.reply_to_id != comment.parent_id} - here.keys()
    elsewhere.discard(None)
    return here | (Comment.objects.shown().in_bulk(elsewhere) if elsewhere else {})


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
