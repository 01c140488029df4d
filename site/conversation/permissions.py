"""Who may do what to a comment."""

from typing import Any

from accounts.roles import is_editor
from conversation.models import Comment


def can_moderate(user: Any) -> bool:
    return is_editor(user)


def can_edit(user: Any, comment: Comment) -> bool:
    """Its writer, for a quarter of an hour, while the page it stands under is open to them."""
    return comment.editable_by(user) and can_read(user, comment)


def can_delete(user: Any, comment: Comment) -> bool:
    return comment.deletable_by(user) and can_read(user, comment)


def can_flag(user: Any, comment: Comment) -> bool:
    return user.is_authenticated and not comment.is_removed and can_read(user, comment)


def can_read(user: Any, comment: Comment) -> bool:
    target = comment.target
    return comment.is_public and target is not None and target.visible_to(user)
