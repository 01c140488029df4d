"""The ways in, and one's settings: all of allauth's pages stand in the site's frame and keep its rules."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from lxml import html

from accounts.models import User

EMAIL, PASSWORD = "wren@larkfield.example", "words that are long enough"
OPEN = ["signup", "login", "login/code", "password/reset"]
OWN = [
    "email",
    "password/change",
    "2fa",
    "2fa/totp/activate",
    "2fa/webauthn/add",
    "sessions",
    "logout",
    "reauthenticate",
]


@pytest.fixture
def wren(db) -> User:
    user = User.objects.create_user(EMAIL, PASSWORD, name="Wren Saltmarsh")
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    return user


@pytest.fixture
def signed_in(client: Client, wren: User) -> Client:
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})  # the second step asks for it again
    return client


def check(client: Client, path: str) -> html.HtmlElement:
    response = client.get(f"/accounts/{path}/")
    assert response.status_code == 200, response
    page = html.fromstring(response.content)
    assert len(page.xpath("//main//h1")) == 1
    assert page.xpath("//header[@class='site-head']")
    assert page.xpath("//*[@style] | //style") == []
    labelled = {label.get("for") for label in page.iter("label")}
    shown = page.xpath(
        "//main//input[not(@type='hidden') and not(ancestor::label)] | //main//select | //main//textarea"
    )
    assert [control.get("name") for control in shown if control.get("id") not in labelled] == []
    return page


@pytest.mark.parametrize("path", OPEN)
def test_the_ways_in_wear_the_sites_look(path: str, client: Client, db) -> None:
    check(client, path)


@pytest.mark.parametrize("path", OWN)
def test_ones_settings_wear_the_sites_look(path: str, signed_in: Client) -> None:
    check(signed_in, path)


def test_the_settings_say_where_one_is(signed_in: Client) -> None:
    page = check(signed_in, "email")
    assert page.xpath("//nav[@class='settings__nav']//a[@aria-current]/@href") == ["/accounts/email/"]


def test_what_was_typed_is_kept_when_signing_up_fails(client: Client, db) -> None:
    response = client.post("/accounts/signup/", {"email": EMAIL, "password1": "short"})
    page = html.fromstring(response.content)
    assert page.xpath("//input[@name='email']/@value") == [EMAIL]
    assert page.xpath("//input[@name='password1']/@aria-invalid") == ["true"]
    assert page.xpath("//main//*[@role='alert']//a/@href") == ["#id_password1"]


def test_signing_up_leads_to_a_letter_with_a_code_in_the_sites_look(client: Client, db) -> None:
    response = client.post("/accounts/signup/", {"email": EMAIL, "password1": PASSWORD}, follow=True)
    page = html.fromstring(response.content)
    assert page.xpath("normalize-space(//main//h1)") == "Look at your inbox"
    (letter,) = mail.outbox
    (code,) = re.findall(r"^([A-Z0-9]{3,}-[A-Z0-9]{3,})$", letter.body, re.MULTILINE)
    (shown, kind) = letter.alternatives[0]
    assert kind == "text/html"
    assert html.fromstring(shown).xpath("string(//span[@class='code'])") == code
    assert "Thank you for using" not in letter.body
