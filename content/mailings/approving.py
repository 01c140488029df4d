"""Wagtail's last step of an approval. Its models ask for this before they are whole: it imports none of them."""

from importlib import import_module
from typing import Any


def publish_what_is_approved(state: Any, user: Any = None) -> None:
    """Approved is not yet "send it to everybody": what would be mailed stays a draft until that is asked apart."""
    publishing = import_module("content.mailings.publishing")
    revision = state.content_object.get_latest_revision()
    if not publishing.mailed_among([state.content_object]):
        revision.publish(user=user)
