"""Accounts from elsewhere: whom they let in, and how little is kept of them."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import render

from accounts.policy import SignupPolicy


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        """The confirmed addresses only, one of our domains first: a name is given by its person, at the welcome, and
        what else the provider tells is not kept."""
        policy = SignupPolicy.current()
        known = [address for address in sociallogin.email_addresses if is_confirmed(address)]
        known.sort(key=lambda address: (not policy.admits_address(address.email), not address.primary))
        for place, address in enumerate(known):
            address.verified, address.primary = True, place == 0
        sociallogin.email_addresses = known
        email = known[0].email if known else ""
        sociallogin.account.extra_data = {"email": email}
        return super().populate_user(request, sociallogin, {"email": email})

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """The site's policy, and an address that the provider has confirmed; otherwise says which it was."""
        policy = SignupPolicy.current()
        addresses = [address.email for address in sociallogin.email_addresses if is_confirmed(address)]
        if not addresses:
            raise ImmediateHttpResponse(_refused(request, sociallogin, why="unconfirmed"))
        if not any(policy.admits_address(address) for address in addresses):
            raise ImmediateHttpResponse(_refused(request, sociallogin, why="domain"))
        return policy.admits(request)


def is_confirmed(address: EmailAddress) -> bool:
    """Some servers say it in words; the word "false" is no yes."""
    return str(address.verified).lower() == "true"


def _refused(request: HttpRequest, sociallogin: SocialLogin, *, why: str) -> Any:
    domains = SignupPolicy.current().domain_list()[:5]
    context = {"why": why, "provider": sociallogin.provider, "domains": ", ".join(domains)}
    return render(request, "socialaccount/refused.html", context, status=403)
