"""What the postbox itself registers with its own doors."""

from collections.abc import Iterator
from typing import Any

from post_office.models import Email

from accounts import personal_data
from accounts.models import User
from postbox import tasks, unsubscribing
from postbox.kinds import find
from postbox.models import Dispatch, How, Notification, Preference
from postbox.services import prefer, preference_of
from postbox.unsubscribing import Stoppable, Subject

__all__ = ["register_all", "tasks"]


def register_all() -> None:
    unsubscribing.register("notification", describe=_describe_notification, act=_stop_notification)
    personal_data.declare(Notification, export=_notifications, erase=_erase_notifications)
    personal_data.declare(Preference, export=_preferences, erase=_erase_preferences)
    personal_data.declare(Dispatch, export=_dispatches, erase=_erase_mails)


def _describe_notification(subject: Subject) -> Stoppable | None:
    user = User.objects.filter(pk=subject["user"], is_active=True).first()
    kind = find(subject["kind"])
    if user is None or kind is None or preference_of(user, kind.name) != How.NOW:
        return None
    return Stoppable(what=str(kind.label), address=user.email)


def _stop_notification(subject: Subject) -> None:
    user = User.objects.filter(pk=subject["user"]).first()
    if user is not None and find(subject["kind"]):
        prefer(user=user, choices={subject["kind"]: How.NEVER})


def _notifications(user: User) -> Iterator[dict[str, Any]]:
    for note in Notification.objects.filter(user=user).newest_first().iterator():
        yield {"kind": note.kind, "text": note.text, "address": note.url, "at": note.created_at, "read": note.read_at}


def _erase_notifications(user: User) -> None:
    Notification.objects.filter(user=user).delete()


def _preferences(user: User) -> Iterator[dict[str, Any]]:
    for preference in Preference.objects.filter(user=user):
        yield {"kind": preference.kind, "how": preference.how}


def _erase_preferences(user: User) -> None:
    Preference.objects.filter(user=user).delete()


def _dispatches(user: User) -> Iterator[dict[str, Any]]:
    for sent in Dispatch.objects.filter(user=user).select_related("email").iterator():
        yield {"kind": sent.kind, "at": sent.created_at, "subject": sent.email.subject if sent.email else ""}


def _erase_mails(user: User) -> None:
    """Mails to their address that are still kept, sent or not, and the memory that they were sent."""
    Email.objects.filter(to=user.email).delete()
    Dispatch.objects.filter(user=user).delete()
