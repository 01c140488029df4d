"""What editors do to a comment. Every decision is written down; a writer who is taken down is told why."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from conversation import changing, mails
from conversation.decisions import Barred, Decision, Verdict, hash_of
from conversation.models import Comment, RemovedBy
from conversation.texts import masked


@transaction.atomic
def approve(*, comments: Iterable[Comment], editor: Any) -> None:
    """What its writer deleted stays deleted: about that nothing is decided."""
    for comment in comments:
        changing.approve(comment=comment)
        if comment.removed_by == RemovedBy.WRITER:
            continue
        _record(Verdict.APPROVED, comment=comment, by=editor)


@transaction.atomic
def take_down(*, comments: Iterable[Comment], editor: Any, why: str = "") -> None:
    """What is down already stays as it is."""
    for comment in comments:
        changing.look_again(comment)
        if comment.is_removed:
            continue
        changing.remove(comment=comment, by=RemovedBy.EDITOR, why=why)
        decision = _record(Verdict.REMOVED, comment=comment, by=editor, why=why)
        if target := comment.target:
            mails.tell_why(decision, comment, target)


@transaction.atomic
def block(*, comments: Iterable[Comment], editor: Any, why: str = "") -> None:
    """Their writers' addresses may not write any more, and these comments go; nobody is written to.

    Of a former member there is no address left: their comment is taken down.
    """
    for comment in comments:
        if not (email := comment.writers_address):
            take_down(comments=[comment], editor=editor, why=why)
            continue
        changing.remove(comment=comment, by=RemovedBy.EDITOR, why=why)
        shown = masked(email)
        Barred.objects.get_or_create(kind=Barred.ADDRESS, text=hash_of(email), defaults={"shown": shown})
        _record(Verdict.BLOCKED, comment=comment, by=editor, why=why, about=shown)


@transaction.atomic
def unblock(*, barred: Barred, editor: Any) -> None:
    _record(Verdict.UNBLOCKED, by=editor, about=barred.shown)
    barred.delete()


@transaction.atomic
def set_words(*, words: Iterable[str], editor: Any) -> None:
    """The whole list anew."""
    wanted = {word.casefold() for word in words}
    Barred.objects.words().exclude(text__in=wanted).delete()
    new = [Barred(kind=Barred.WORD, text=word) for word in wanted]
    Barred.objects.bulk_create(new, ignore_conflicts=True)
    _record(Verdict.WORDS, by=editor, about=f"{len(wanted)}")


def answer(*, decision: Decision, text: str) -> bool:
    """The writer's one answer; False when there is one already."""
    open_ones = Decision.objects.filter(pk=decision.pk, answered_at=None)
    return bool(open_ones.update(answer=text, answered_at=timezone.now()))


def _record(what: Verdict, *, by: Any, comment: Comment | None = None, why: str = "", about: str = "") -> Decision:
    about = about or (comment.shown_name if comment else "")
    return Decision.objects.create(what=what, comment=comment, by=by, why=why, about=about)
