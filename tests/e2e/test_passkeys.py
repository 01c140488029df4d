"""A passkey, in a real browser and under the strict policy: added, used instead of the password, renamed, removed."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Newcomer, Running
from tests.e2e.walk import Walk

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]
PASSWORD = "words that are long enough"


def give_a_key(page: Page) -> None:
    """The browser's own virtual authenticator: a built-in one that has just seen the right finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    built_in = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    touched = {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": built_in | touched})


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in", exact=True).first).to_be_visible()


def say_by_the_key_that_it_is_me(page: Page) -> None:
    """Who changes what lets them in is asked once more; whoever has a key need not know their password for it."""
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    page.get_by_role("link", name="Use a security key").click()
    page.get_by_role("button", name="Use a passkey or security key").click()


def test_a_passkey_lets_its_owner_in(site: Running, newcomer: Newcomer) -> None:
    walk, page = Walk(site, newcomer), newcomer()
    give_a_key(page)
    page.goto("/accounts/signup/")
    walk.sign_up(page, walk.address_of("kay"), PASSWORD)

    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Yes, it is me").click()
    page.get_by_label("What you call it").fill("My laptop")
    page.get_by_label("It lets me in without my password").check()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()

    sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(f"{site.url}/welcome/")

    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_text("instead of a password")).to_be_visible()
    page.get_by_role("link", name="Rename My laptop").click()
    say_by_the_key_that_it_is_me(page)
    page.get_by_label("Name").fill("The old laptop")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="Remove The old laptop").click()
    page.get_by_role("button", name="Remove").click()
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_text("You have none yet.")).to_be_visible()
