"""Leaving for good, with a week to change one's mind.

The account is closed at once: signed out everywhere, shown nowhere, written to no more, except for one letter with the
way back. When the week is over the clock erases what was theirs.
"""

from collections.abc import Collection
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import sessions, tokens
from accounts.models import Leaving, User
from accounts.personal_data import addresses_of
from accounts.services import erase_person

PURPOSE = "accounts.stay"
TIME_TO_THINK = timedelta(days=7)


@transaction.atomic
def leave(*, user: User, asked_for: Collection[str] = ()) -> Leaving:
    """Close the account now; it is erased in a week. Asked twice, the first counts."""
    leaving, is_new = Leaving.objects.get_or_create(
        user=user, defaults={"due_at": timezone.now() + TIME_TO_THINK, "wishes": sorted(asked_for)}
    )
    if is_new:
        User.objects.filter(pk=user.pk).update(is_active=False)
        sessions.end_all(user)
        _write_to(leaving)
    return leaving


def token_of(leaving: Leaving) -> str:
    return tokens.make(PURPOSE, leaving.pk)


def _write_to(leaving: Leaving) -> None:
    """To each of their addresses: one of them may be out of reach by now."""
    stay = settings.SITE_URL + reverse("accounts:stay", kwargs={"token": token_of(leaving)})
    for address in addresses_of(leaving.user):
        get_adapter().send_mail("accounts/mail/leaving", address, {"stay_url": stay, "due_at": leaving.due_at})


def find(token: str) -> Leaving | None:
    """Whoever may still come back by this link."""
    try:
        number = tokens.read(PURPOSE, token, max_age=TIME_TO_THINK)
    except tokens.BadToken:
        return None
    return Leaving.objects.filter(pk=number, due_at__gt=timezone.now()).select_related("user").first()


@transaction.atomic
def stay(*, leaving: Leaving) -> bool:
    """Everything is as it was; they have to sign in. False where the clock was quicker."""
    if not Leaving.objects.filter(pk=leaving.pk).delete()[0]:
        return False
    return bool(User.objects.filter(pk=leaving.user_id).update(is_active=True))


def erase_due() -> int:
    """For the clock: one transaction each, so that one who cannot be erased holds up nobody. Raises what went wrong
    when all have been tried."""
    faults: list[Exception] = []
    due = list(Leaving.objects.filter(due_at__lte=timezone.now()).values_list("pk", flat=True))
    for number in due:
        try:
            _erase(number)
        except Exception as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup("not erased", faults)
    return len(due)


@transaction.atomic
def _erase(number: int) -> None:
    leaving = Leaving.objects.select_for_update().filter(pk=number).select_related("user").first()
    if leaving is not None:  # they may have come back this very moment
        erase_person(user=leaving.user, asked_for=leaving.wishes)
