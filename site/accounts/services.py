"""What happens to a login as a whole: the first steward, taking one's data along, leaving for good."""

from collections.abc import Collection
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accounts import traces
from accounts.models import User
from accounts.personal_data import declarations, wishes
from accounts.roles import STEWARDS, ensure_roles


class NotAnAddress(Exception):
    """What was given is not an e-mail address."""


@transaction.atomic
def make_steward(*, email: str) -> tuple[User, str]:
    """The person with this address looks after the site from now on; a new one is made where there is none.

    Returns them with the link at which they choose their password; whoever has none yet also gets it by mail.
    Whoever may run this command owns the site, so the address counts as confirmed. Raises NotAnAddress.
    """
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise NotAnAddress(email) from error
    user, _made = User.objects.get_or_create(email=email.strip().lower(), defaults={"password": "!"})
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    user.groups.add(ensure_roles()[STEWARDS])
    link = set_password_link(user)
    if not user.has_usable_password():
        get_adapter().send_mail("accounts/mail/steward", user.email, {"set_password_url": link})
    return user, link


def verified_address(user: User) -> str | None:
    """The address that this person has proved to be theirs; None before that."""
    return (
        EmailAddress.objects.filter(user=user, email=user.email, verified=True).values_list("email", flat=True).first()
    )


def set_password_link(user: User) -> str:
    """A single-use link of allauth's (it stops working once the password is set, and after three days)."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    return f"{settings.SITE_URL}/accounts/password/reset/key/{key}/"


def export_person(*, user: User) -> dict[str, list[dict[str, Any]]]:
    """Everything the site holds about this person, by kind of row, as plain values."""
    rows = {declared.model._meta.label: [dict(row) for row in declared.export(user)] for declared in declarations()}
    return {label: found for label, found in sorted(rows.items()) if found}


@transaction.atomic
def erase_person(*, user: User, asked_for: Collection[str] = ()) -> None:
    """Remove this person: each part erases what is theirs (the highest floor first), then the login goes. `asked_for`
    names the `personal_data.Wish`es that come before. Nothing that tells of them is left, counts aside.
    """
    for wish in wishes():
        if wish.name in asked_for:
            wish.act(user)
    traces.forget(user)
    for declared in declarations():
        declared.erase(user)
    User.objects.filter(pk=user.pk).delete()
