"""What pages say about ways in."""

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from django import template
from django.conf import settings

from accounts.policy import is_proved

register = template.Library()


@register.filter
def proves_membership(address: EmailAddress) -> bool:
    """Whether this address has to stay, as the only one of our domains."""
    return bool(address.pk) and get_adapter().is_proof(address)  # type: ignore[attr-defined]


@register.filter
def any_proof(addresses: Iterable[EmailAddress]) -> bool:
    return any(proves_membership(address) for address in addresses)


@register.filter
def any_unconfirmed(addresses: Iterable[EmailAddress]) -> bool:
    return not all(address.verified for address in addresses)


@register.simple_tag(takes_context=True)
def proves_an_address(context: dict[str, Any]) -> bool:
    """Whether this visitor has come by a letter: with the address it went to they need no code."""
    return is_proved(context["request"])


@register.inclusion_tag("accounts/other_ways.html", takes_context=True)
def other_ways(context: dict[str, Any], back_to: str) -> dict[str, Any]:
    """Links to sign in with accounts from elsewhere and come back; nothing where there are none. Links, not forms: they
    may stand inside one, and on a page that is kept for all visitors."""
    if not settings.SOCIALACCOUNT_PROVIDERS:
        return {"ways": []}
    request = context.get("request")
    providers = get_social_adapter().list_providers(request)
    return {
        "ways": [(one.name, one.get_login_url(request, process="login", next=back_to)) for one in providers],
    }
