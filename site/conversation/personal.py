"""Personal data in comments: what a person is given, and what stays by "former member" (design rule 11)."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django_comments.models import Comment as LibraryComment
from django_comments.models import CommentFlag
from django_comments_xtd.models import XtdComment

from accounts.models import User
from accounts.personal_data import declare, delete_rows, kept_without_name, nothing_to_export, rows
from conversation import services
from conversation.models import Comment, Decision, EarlierWords, PendingComment


def export_comments(user: User) -> Iterable[dict[str, Any]]:
    for comment in Comment.objects.by(user).select_related("content_type").order_by("pk"):
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
    written = list(Comment.objects.by(user))
    targets = services.targets_of(written)
    blank = {"user": None, "user_name": "", "user_email": "", "followup": False, "by_author": False}
    Comment.objects.filter(pk__in=[comment.pk for comment in written]).update(**blank)
    for target in targets:
        services.changed(target)


def export_pending(user: User) -> Iterable[dict[str, Any]]:
    for pending in PendingComment.objects.filter(email__iexact=user.email):
        yield {"written": pending.created_at, "name": pending.name, "text": pending.text}


def erase_pending(user: User) -> None:
    PendingComment.objects.filter(email__iexact=user.email).delete()


def export_decisions(user: User) -> Iterable[dict[str, Any]]:
    """What was decided about their comments, and by them."""
    for decision in Decision.objects.filter(Q(comment__in=Comment.objects.by(user)) | Q(by=user)):
        yield {"decided": decision.made_at, "what": decision.what, "why": decision.why, "answer": decision.answer}


def erase_decisions(user: User) -> None:
    """The log keeps what was decided; who wrote and who decided goes with their logins."""
    Decision.objects.filter(comment__in=Comment.objects.by(user)).update(about="", answer="")


def declare_all() -> None:
    # First what hangs on a comment: it is found by the writer, whom blanking the comment takes away.
    declare(
        EarlierWords,
        export=rows(EarlierWords, "comment__user", "text", "replaced_at"),
        erase=delete_rows(EarlierWords, "comment__user"),
    )
    declare(Decision, export=export_decisions, erase=erase_decisions)
    declare(Comment, export=export_comments, erase=erase_comments)
    declare(PendingComment, export=export_pending, erase=erase_pending)
    for library in (LibraryComment, XtdComment):  # the rows that Comment stands on: told and blanked with it
        declare(library, export=nothing_to_export, erase=kept_without_name)
    declare(
        CommentFlag,
        export=rows(CommentFlag, "user", "comment_id", "flag", "flag_date"),
        erase=delete_rows(CommentFlag, "user"),
    )
