"""What the postbox itself registers with its own doors."""

from collections.abc import Iterator
from typing import Any

from post_office.models import Email

from accounts import personal_data
from accounts.models import User
from accounts.personal_data import addresses_of
from postbox import budget, discretion, errands, tasks, unsubscribing
from postbox.addresses import hashed
from postbox.digests import own as digests
from postbox.kinds import find
from postbox.models import Allowance, Discretion, Dispatch, How, Notification, Pause, Preference, Troubled
from postbox.services import prefer, preferences_of
from postbox.telling import still_shown
from postbox.unsubscribing import Stoppable, Subject

__all__ = ["register_all", "tasks"]


def register_all() -> None:
    unsubscribing.register("notification", describe=_describe_notification, act=_stop_notification)
    personal_data.declare(Notification, export=_notifications, erase=_erase_notifications)
    personal_data.declare(Preference, export=_preferences, erase=_erase_preferences)
    personal_data.declare(Dispatch, export=_dispatches, erase=_erase_mails)
    personal_data.declare(Allowance, export=_allowances, erase=_erase_allowances)
    personal_data.declare(Discretion, export=_discretion, erase=_erase_discretion)
    personal_data.declare(
        Pause,
        export=personal_data.rows(Pause, "user", "since", "ends_at"),
        erase=personal_data.delete_rows(Pause, "user"),
    )
    digests.register_all()
    errands.register_all()


def _describe_notification(subject: Subject) -> Stoppable | None:
    user = User.objects.filter(pk=subject["user"], is_active=True).first()
    kind = find(subject["kind"])
    if user is None or kind is None or preferences_of(user).get(kind.name, kind.at_first) != How.NOW:
        return None
    return Stoppable(what=str(kind.label), address=user.email)


def _stop_notification(subject: Subject) -> None:
    user = User.objects.filter(pk=subject["user"]).first()
    if user is not None and find(subject["kind"]):
        prefer(user=user, choices={subject["kind"]: How.NEVER})


def _notifications(user: User) -> Iterator[dict[str, Any]]:
    for note in still_shown(list(Notification.objects.filter(user=user).select_related("user").newest_first())):
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
    """Mails to their addresses that are still kept, sent or not, the memory that they were sent, and of what came
    back."""
    for address in addresses_of(user):
        Email.objects.filter(to__iexact=address).delete()
        Dispatch.objects.filter(recipient=hashed(address)).delete()
        Troubled.objects.filter(recipient=hashed(address)).delete()
    Dispatch.objects.filter(user=user).delete()


def _allowances(user: User) -> Iterator[dict[str, Any]]:
    """When the last mails came that they had not asked for."""
    used = Allowance.objects.filter(recipient=hashed(user.email)).exclude(taken_on=budget.NEVER)
    for day in used.order_by("taken_on").values_list("taken_on", flat=True):
        yield {"taken_on": day}


def _erase_allowances(user: User) -> None:
    Allowance.objects.filter(recipient__in=[hashed(address) for address in addresses_of(user)]).delete()


def _discretion(user: User) -> Iterator[dict[str, Any]]:
    if discretion.is_discreet(user.email):
        yield {"neutral_subject": True}


def _erase_discretion(user: User) -> None:
    for address in addresses_of(user):
        discretion.ask(address=address, discreet=False)
