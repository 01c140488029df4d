"""The policy holds for company sign-on as well."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.test import RequestFactory

from accounts.adapters import SocialAccountAdapter
from accounts.models import Mode, SignupPolicy, User

pytestmark = pytest.mark.django_db


def may_sign_up(*addresses: str) -> bool:
    request = RequestFactory().get("/")
    request.session = {}
    login = SocialLogin(
        user=User(email=addresses[0] if addresses else ""),
        account=SocialAccount(provider="company", uid="1"),
        email_addresses=[EmailAddress(email=address) for address in addresses],
    )
    return SocialAccountAdapter(request).is_open_for_signup(request, login)


def test_anybody_may_when_the_site_is_open():
    assert may_sign_up("wren@elsewhere.example")


@pytest.mark.parametrize(
    ("addresses", "may"),
    [
        (["wren@larkfield.example"], True),
        (["wren@elsewhere.example"], False),
        (["wren@larkfield.example", "wren@elsewhere.example"], False),
    ],
)
def test_only_our_domains_when_the_stewards_say_so(addresses: list[str], may: bool):
    SignupPolicy.objects.create(mode=Mode.DOMAINS, domains="larkfield.example")
    assert may_sign_up(*addresses) is may


def test_only_the_invited_when_the_stewards_say_so():
    SignupPolicy.objects.create(mode=Mode.INVITATION)
    assert not may_sign_up("wren@larkfield.example")


def test_no_name_is_taken_over():
    login = SocialLogin(user=User(), account=SocialAccount(provider="company", uid="1"))
    said = {"email": "wren@larkfield.example", "name": "Wren Saltmarsh", "first_name": "Wren"}
    user = SocialAccountAdapter(RequestFactory().get("/")).populate_user(RequestFactory().get("/"), login, said)
    assert (user.email, user.name) == ("wren@larkfield.example", "")
