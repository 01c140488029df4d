"""Signing in with an account from elsewhere, over real HTTP with real tokens: whom it lets in, and what it leaves."""

import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client
from lxml import html

from accounts.models import Mode, SignupPolicy, User
from movement.allies.models import Ally
from movement.invitations.services import open_invitation
from tests.accounts.signup.provider import CLIENT, SECRET, Provider, running
from tests.cast import PASSWORD, client_of, person
from tests.permissions.conftest import people, world  # noqa: F401

pytestmark = pytest.mark.django_db
DOOR = "/accounts/oidc/company/login/"
WREN = {"sub": "wren-1", "email": "wren@larkfield.example", "email_verified": True, "name": "Wren Saltmarsh"}


class StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: Any) -> None:
        return None


@pytest.fixture(scope="module")
def server() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture
def provider(server: Provider, settings) -> Provider:
    """Switched on here, with Wren signed in over there."""
    server.who = dict(WREN)
    app = {"provider_id": "company", "name": "Larkfield", "client_id": CLIENT, "secret": SECRET}
    more = {"server_url": server.url, "oauth_pkce_enabled": True, "token_auth_method": "client_secret_post"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app | {"settings": more}]}}
    return server


def go(client: Client, query: str = "") -> Any:
    """Press the button, go there, and come back: the answer of our callback."""
    onward = client.post(DOOR + query)
    assert onward.status_code == 200
    (there,) = html.fromstring(onward.content).xpath("//main//a[@class='btn']/@href")
    try:
        urllib.request.build_opener(StayHere).open(there, timeout=5)
    except HTTPError as redirect:
        back = redirect.headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def is_in(client: Client) -> bool:
    return client.get("/accounts/email/").status_code == 200


def test_a_colleague_signs_up_without_a_password_and_signs_in_again(provider):
    client = Client()
    assert go(client)["Location"] == "/me/"
    user = User.objects.get()
    assert (user.email, user.name, user.has_usable_password()) == ("wren@larkfield.example", "", False)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(user.email, True, True)]
    assert SocialAccount.objects.get().extra_data == {"email": "wren@larkfield.example"}  # her name is hers to give
    again = Client()
    go(again)
    assert (is_in(client), is_in(again), User.objects.count()) == (True, True, 1)
    assert (provider.asked["code_challenge_method"], sorted(provider.asked["scope"].split())) == (
        "S256",
        ["email", "openid", "profile"],
    )


def test_a_form_of_ours_leads_nowhere_else_and_the_page_goes_on_by_itself(provider):
    page = Client().post(DOOR)
    assert "form-action 'self'" in page["Content-Security-Policy"]
    (refresh,) = html.fromstring(page.content).xpath("//meta[@http-equiv='refresh']/@content")
    assert refresh.startswith(f"0;url={provider.url}/authorize?")


def test_opening_the_door_changes_nothing_and_asks_first(provider):
    client = Client()
    page = client.get(DOOR + "?process=login&next=/articles/")
    assert page.status_code == 200
    assert html.fromstring(page.content).xpath("//main//form/@method") == ["post"]


def test_a_reader_comes_back_to_the_page_they_were_reading(provider):
    assert (
        go(Client(), "?process=login&next=/articles/page-four/%23comments")["Location"]
        == "/articles/page-four/#comments"
    )
    assert go(Client(), "?process=login&next=https://evil.example/")["Location"] == "/me/"


@pytest.mark.parametrize("verified", [False, None, "false", 0])
def test_an_address_that_nobody_confirmed_lets_nobody_in(provider, verified):
    provider.who["email_verified"] = verified
    client = Client()
    answer = go(client)
    assert (answer.status_code, "does not confirm" in answer.content.decode()) == (403, True)
    assert (is_in(client), User.objects.count(), len(mail.outbox)) == (False, 0, 0)


def test_a_server_without_an_address_lets_nobody_in(provider):
    del provider.who["email"]
    assert go(Client()).status_code == 403
    assert User.objects.count() == 0


def test_an_existing_login_is_never_taken_over(provider):
    known = person(WREN["email"])
    client = Client()
    assert go(client)["Location"] == "/accounts/confirm-email/"  # as for anybody who signs up
    assert not is_in(client)
    assert SocialAccount.objects.count() == 0
    assert [letter.to for letter in mail.outbox] == [[known.email]]
    assert "It has a login already" in mail.outbox[0].body


def test_who_is_signed_in_adds_it_to_their_account_and_takes_it_out_again(provider):
    known = person("wren@home.example")
    client = client_of()
    client.post("/accounts/login/", {"login": known.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert go(client, "?process=connect")["Location"] == "/accounts/3rdparty/"
    assert "One can sign in to your account with Larkfield now." in mail.outbox[-1].body
    elsewhere = Client()
    go(elsewhere)
    assert (is_in(elsewhere), User.objects.count()) == (True, 1)
    client.post("/accounts/3rdparty/", {"account": SocialAccount.objects.get().pk})
    assert SocialAccount.objects.count() == 0


@pytest.mark.parametrize(("email", "may"), [("wren@larkfield.example", True), ("wren@elsewhere.example", False)])
def test_only_our_domains_when_the_stewards_say_so(provider, email: str, may: bool):
    SignupPolicy.objects.create(mode=Mode.DOMAINS, domains="larkfield.example")
    provider.who["email"] = email
    answer = go(Client())
    assert (User.objects.count(), "larkfield.example" in answer.content.decode()) == (int(may), not may)


def test_only_the_invited_when_the_stewards_say_so(provider, ally: Ally):
    SignupPolicy.objects.create(mode=Mode.INVITATION)
    assert "Somebody has to ask you in" in go(Client()).content.decode()
    assert not User.objects.filter(email=WREN["email"]).exists()
    client = Client()
    client.post(f"/join/{open_invitation(owner=ally).code}/")
    go(client)
    assert User.objects.filter(email=WREN["email"]).exists()


@pytest.mark.parametrize("wrong", [{"aud": "somebody-else"}, {"iss": "https://evil.example"}, {"exp": 1}])
def test_a_token_for_somebody_else_is_refused(provider, wrong):
    provider.who |= wrong
    assert go(Client()).status_code == 401
    assert User.objects.count() == 0


def test_a_made_up_answer_is_refused(provider):
    assert Client().get("/accounts/oidc/company/login/callback/?code=once&state=made-up").status_code in (401, 403)
    assert User.objects.count() == 0


def test_a_server_that_is_away_is_said_in_plain_words(provider, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = Client().post(DOOR)
    assert (answer.status_code, "That did not work" in answer.content.decode()) == (503, True)


def test_the_buttons_stand_where_people_sign_in_sign_up_and_comment(provider):
    for path in ("/accounts/login/", "/accounts/signup/"):
        page = html.fromstring(Client().get(path).content)
        assert [
            button.text_content().strip() for button in page.xpath("//form[contains(@action, '/oidc/')]//button")
        ] == ["Go on with Larkfield"]


def test_a_reader_who_comments_may_sign_in_instead_and_comes_back(provider, world):  # noqa: F811
    path = world.article.url
    page = html.fromstring(Client().get(f"/comments/new/content.articlepage/{world.article.pk}/").content)
    (way,) = page.xpath("//form[contains(@class, 'comment-form')]//a[contains(@href, '/oidc/')]/@href")
    client = Client()
    assert go(client, way.removeprefix(DOOR))["Location"] == f"{path}#comments"
    form = html.fromstring(client.get(f"/comments/new/content.articlepage/{world.article.pk}/").content)
    assert (len(form.xpath("//input[@name='name']")), form.xpath("//input[@name='email']")) == (1, [])
