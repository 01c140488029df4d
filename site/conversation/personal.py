"""Personal data in comments: what a person is given, and what stays by "former member" (design rule 11)."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_comments.models import Comment as LibraryComment
from django_comments.models import CommentFlag
from django_comments_xtd.models import XtdComment

from accounts.models import User
from accounts.personal_data import (
    Wish,
    addresses_of,
    declare,
    delete_rows,
    kept_without_name,
    nothing_to_export,
    offer,
    rows,
)
from conversation import changing, hosts, reacting
from conversation.decisions import hash_of
from conversation.models import (
    Barred,
    Comment,
    CommentQuerySet,
    Decision,
    EarlierWords,
    PendingComment,
    Reaction,
    RemovedBy,
)


def written_by(user: User) -> CommentQuerySet:
    """What they wrote, signed in or by confirming one of the addresses that are theirs."""
    return Comment.objects.filter(Q(user=user) | at_one_of("user_email", user))


def at_one_of(field: str, user: User) -> Q:
    return reduce(or_, (Q(**{f"{field}__iexact": address}) for address in addresses_of(user)))


def export_comments(user: User) -> Iterable[dict[str, Any]]:
    for comment in written_by(user).select_related("content_type").order_by("pk"):
        yield {
            "written": comment.submit_date,
            "under": comment.get_absolute_url(),
            "name": comment.user_name,
            "text": comment.comment,
            "told of replies": comment.followup,
        }


@transaction.atomic
def erase_comments(user: User) -> None:
    """The words stay, by "former member": others have answered them."""
    written = list(written_by(user))
    targets = hosts.targets_of(written)
    blank = {"user": None, "user_name": "", "user_email": "", "followup": False, "by_author": False}
    Comment.objects.filter(pk__in=[comment.pk for comment in written]).update(**blank)
    for target in targets:
        hosts.changed(target)


@transaction.atomic
def take_words_down(user: User) -> None:
    """For who leaves and asks for it: the words go, and a line stays where others have answered."""
    written = written_by(user)
    for comment in written.filter(is_removed=False):
        changing.remove(comment=comment, by=RemovedBy.WRITER)
    down = [comment.pk for comment in written]
    EarlierWords.objects.filter(comment__in=down).delete()
    Comment.objects.filter(pk__in=down).update(comment="", removed_why="", removed_by=RemovedBy.WRITER)


def export_pending(user: User) -> Iterable[dict[str, Any]]:
    for pending in PendingComment.objects.filter(at_one_of("email", user)):
        yield {"written": pending.created_at, "name": pending.name, "text": pending.text}


def erase_pending(user: User) -> None:
    PendingComment.objects.filter(at_one_of("email", user)).delete()


def export_decisions(user: User) -> Iterable[dict[str, Any]]:
    """What was decided about their comments, and by them."""
    for decision in Decision.objects.filter(Q(comment__in=written_by(user)) | Q(by=user)):
        yield {"decided": decision.made_at, "what": decision.what, "why": decision.why, "answer": decision.answer}


def erase_decisions(user: User) -> None:
    """The log keeps what was decided; who wrote and who decided goes with their logins."""
    Decision.objects.filter(comment__in=written_by(user)).update(about="", answer="")


def export_barred(user: User) -> Iterable[dict[str, Any]]:
    for barred in _barred(user):
        yield {"comments from this address are held": barred.shown}


def erase_barred(user: User) -> None:
    _barred(user).delete()


def _barred(user: User) -> Any:
    return Barred.objects.addresses().filter(text__in=[hash_of(address) for address in addresses_of(user)])


def declare_all() -> None:
    label = _("Take down what I said in comments as well")
    offer(Wish(name="comments", label=label, act=take_words_down))
    # First what hangs on a comment: it is found by the writer, whom blanking the comment takes away.
    declare(
        EarlierWords,
        export=rows(EarlierWords, "comment__user", "text", "replaced_at"),
        erase=delete_rows(EarlierWords, "comment__user"),
    )
    declare(Reaction, export=rows(Reaction, "user", "comment_id", "kind"), erase=reacting.take_all_back)
    declare(Decision, export=export_decisions, erase=erase_decisions)
    declare(Barred, export=export_barred, erase=erase_barred)
    declare(Comment, export=export_comments, erase=erase_comments)
    declare(PendingComment, export=export_pending, erase=erase_pending)
    for library in (LibraryComment, XtdComment):  # the rows that Comment stands on: told and blanked with it
        declare(library, export=nothing_to_export, erase=kept_without_name)
    declare(
        CommentFlag,
        export=rows(CommentFlag, "user", "comment_id", "flag", "flag_date"),
        erase=delete_rows(CommentFlag, "user"),
    )
