"""Comments that come from another site: many at once, with their threads, and without a mail to anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django_comments.models import Comment as LibraryComment
from django_comments_xtd.models import XtdComment

from conversation.decisions import Held
from conversation.hosts import Target
from conversation.models import Comment


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A comment of the other site. `answers` is the key of another of these, or the number of one that stands here."""

    key: str
    name: str
    email: str
    text: str
    written_at: datetime
    is_public: bool = True
    by_author: bool = False
    answers: str | int | None = None


@transaction.atomic
def bring(*, target: Target, comments: Sequence[Brought]) -> dict[str, Comment]:
    """Puts them into the talk, oldest first, two levels deep; gives our comments by key.

    What answers nothing that is here, or itself in a circle, begins a thread. The library's three rows are those that
    `services.place` would have made; they are written table by table, since one by one takes minutes for thousands.
    The host is not told: whoever brings thousands forgets the cached pages once, at the end.
    """
    ordered = sorted(comments, key=lambda comment: comment.written_at)
    by_key = {comment.key: comment for comment in ordered}
    standing = {one.pk: one for one in Comment.objects.under(target).filter(pk__in=_numbers(ordered))}
    rows = LibraryComment.objects.bulk_create([_library_row(target, comment) for comment in ordered])
    number_of = {comment.key: row.pk for comment, row in zip(ordered, rows, strict=True)}
    threads: dict[int, list[int]] = {}
    made = {}
    for comment, row in zip(ordered, rows, strict=True):
        root = _root(comment, by_key, standing, number_of)
        if root != row.pk:
            threads.setdefault(root, []).append(row.pk)
        answered = comment.answers if isinstance(comment.answers, int) else number_of.get(comment.answers or "")
        made[comment.key] = _ours(row, comment, target.key, root, answered if root != row.pk else None)
    _give_places(made, threads)
    for one in made.values():
        XtdComment(comment_ptr_id=one.pk, **_thread_data(one)).save_base(raw=True, force_insert=True)
    for one in sorted(made.values(), key=lambda one: one.reply_to_id is not None):
        one.save_base(raw=True, force_insert=True)
    return made


def _numbers(comments: Sequence[Brought]) -> list[int]:
    return [comment.answers for comment in comments if isinstance(comment.answers, int)]


def _library_row(target: Target, comment: Brought) -> LibraryComment:
    return LibraryComment(
        content_type=target.content_type,
        object_pk=str(target.thing.pk),
        site_id=settings.SITE_ID,
        user_name=comment.name,
        user_email=comment.email.lower(),
        comment=comment.text,
        submit_date=comment.written_at,
        is_public=comment.is_public,
    )


def _root(comment: Brought, by_key: dict[str, Brought], standing: dict[int, Comment], number_of: dict[str, int]) -> int:
    """The number of the comment that begins the thread."""
    seen = {comment.key}
    at = comment
    while at.answers is not None:
        if isinstance(at.answers, int):
            return standing[at.answers].thread_id if at.answers in standing else number_of[at.key]
        if at.answers not in by_key or at.answers in seen:
            break
        seen.add(at.answers)
        at = by_key[at.answers]
    if at.answers in seen:  # a circle: its oldest begins
        at = min((by_key[key] for key in seen), key=lambda one: (one.written_at, number_of[one.key]))
    return number_of[at.key]


def _ours(row: LibraryComment, comment: Brought, talk: str, root: int, answered: int | None) -> Comment:
    fields = {field.attname: getattr(row, field.attname) for field in LibraryComment._meta.concrete_fields}
    one = Comment(**fields, by_author=comment.by_author, talk=talk, root=root)
    one.held_for = Held.NOT if comment.is_public else Held.BROUGHT
    one.library_row_id = one.comment_ptr_id = row.pk
    one.thread_id = one.parent_id = root
    one.level = 0 if root == row.pk else 1
    one.reply_to_id = answered
    return one


def _give_places(made: dict[str, Comment], threads: dict[int, list[int]]) -> None:
    """Orders within each thread, and how many answers its root has."""
    by_number = {one.pk: one for one in made.values()}
    here = [root for root in threads if root not in by_number]
    last = dict(XtdComment.norel_objects.filter(thread_id__in=here).values_list("thread_id").annotate(Max("order")))
    for root, replies in threads.items():
        for place, number in enumerate(replies, last.get(root, 1) + 1):
            by_number[number].order = place
        if root in by_number:
            by_number[root].nested_count = len(replies)
        else:
            XtdComment.norel_objects.filter(pk=root).update(nested_count=F("nested_count") + len(replies))


def _thread_data(one: Comment) -> dict[str, object]:
    names = ("thread_id", "parent_id", "level", "order", "followup", "nested_count")
    return {name: getattr(one, name) for name in names}
