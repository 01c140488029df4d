"""Who may do what to a comment."""

from typing import Any

from accounts.roles import is_editor
from conversation.models import Comment


def can_moderate(user: Any) -> bool:
    return is_editor(user)


def can_edit(user: Any, comment: Comment, email: str = "") -> bool:
    """Its writer, for a quarter of an hour, while the page it stands under is open to them; held or not.

    `email` is the address that the browser of a reader without a login has confirmed.
    """
    return comment.editable_by(user, email) and _sees_its_page(user, comment)


def can_delete(user: Any, comment: Comment, email: str = "") -> bool:
    return comment.deletable_by(user, email) and _sees_its_page(user, comment)


def can_react(user: Any, comment: Comment) -> bool:
    """Once to each comment of others."""
    others = user.is_authenticated and not comment.written_by(user)
    return others and not comment.is_removed and can_read(user, comment)


def can_flag(user: Any, comment: Comment) -> bool:
    return user.is_authenticated and not comment.is_removed and can_read(user, comment)


def can_read(user: Any, comment: Comment) -> bool:
    return comment.is_public and _sees_its_page(user, comment)


def _sees_its_page(user: Any, comment: Comment) -> bool:
    target = comment.target
    return target is not None and target.visible_to(user)
