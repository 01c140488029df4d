"""What a reader's page does when asked, and not before."""

import pytest
from playwright.sync_api import Request, expect

from tests.e2e.conftest import Newcomer, Running

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]
WITH_A_FILM = "/articles/the-certificate-in-the-drawer/"


def test_a_film_is_loaded_when_somebody_presses_its_button(site: Running, newcomer: Newcomer) -> None:
    page, asked = newcomer(), []

    def note(request: Request) -> None:
        if not request.url.startswith(site.url):
            asked.append(request.url)

    page.on("request", note)
    page.route("https://**", lambda route: route.fulfill(body="<p>The player.</p>", content_type="text/html"))
    page.goto(WITH_A_FILM, wait_until="networkidle")
    film = page.locator(".embed")
    film.scroll_into_view_if_needed()
    assert (asked, film.locator("iframe").count()) == ([], 0)
    player = film.get_attribute("data-player") or ""
    film.get_by_role("button", name="Play it here").focus()
    with page.expect_request(player):
        page.keyboard.press("Enter")
    expect(film.locator("iframe")).to_have_attribute("src", player)
    expect(film.get_by_role("button")).to_have_count(0)
    assert asked == [player]


def test_without_scripts_the_film_and_the_address_are_links(site: Running, newcomer: Newcomer) -> None:
    page = newcomer(java_script_enabled=False)
    page.goto(WITH_A_FILM)
    expect(page.locator(".embed").get_by_role("button")).to_be_hidden()
    expect(page.locator(".embed").get_by_role("link", name="Watch it at")).to_be_visible()
    expect(page.get_by_role("button", name="Copy the link")).to_be_hidden()
    expect(page.get_by_role("link", name="Send by e-mail")).to_be_visible()


def test_the_address_of_an_article_is_copied_and_said_to_be(site: Running, newcomer: Newcomer) -> None:
    page = newcomer(permissions=["clipboard-read", "clipboard-write"])
    page.goto(WITH_A_FILM)
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_attached()
    assert page.evaluate("navigator.clipboard.readText()") == f"{site.url}{WITH_A_FILM}"
