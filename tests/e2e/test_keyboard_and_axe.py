"""Pages that everybody can use: axe finds nothing serious, nothing scrolls sideways, the keyboard is enough, and
without JavaScript the way is open too."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.acts_steering import ALLY
from tests.e2e.conftest import Newcomer, Running
from tests.e2e.walk import Walk

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PAGES = ["/", "/primer/get-clear/", "/articles/", "/allies/", "/me/", "/spread/", "/clubs/", "/clubs/page-and-pie/"]
PAGES += ["/search/?q=book", "/actions/", "/personas/", "/personas/new/", "/invite/", "/me/calendar/", "/me/profile/"]
#: The kinds of page that the look is made of; each is judged by axe in every size and on both papers.
JUDGED = ["/", "an article", "/search/?q=book", "/allies/", "/me/", "/spread/", "/clubs/page-and-pie/"]


@pytest.fixture
def ally(site: Running, newcomer: Newcomer) -> Page:
    return Walk(site, newcomer).sign_in(ALLY)


@pytest.fixture
def article(page: Page) -> str:
    page.goto("/articles/")
    return page.get_by_role("article").first.get_by_role("link").first.get_attribute("href") or ""


def visit(page: Page, address: str) -> None:
    """An error page would pass every judgement below."""
    answer = page.goto(address)
    assert (answer and answer.status, page.url.endswith(address)) == (200, True)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("paper", ["light", "dark"])
def test_axe_finds_nothing_serious(ally: Page, article: str, size: dict[str, int], paper: str) -> None:
    ally.set_viewport_size(size)
    ally.emulate_media(color_scheme=paper, reduced_motion="reduce")
    found = []
    for address in JUDGED:
        visit(ally, article if address == "an article" else address)
        for violation in Axe().run(ally).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                found += [(address, violation["id"], node["target"]) for node in violation["nodes"]]
    assert found == []


def test_no_page_scrolls_sideways_on_a_phone(ally: Page, article: str) -> None:
    ally.set_viewport_size(PHONE)
    wide = []
    for address in [*PAGES, article]:
        visit(ally, address)
        room = ally.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wide += [(address, room)] if room > 0 else []
    assert wide == []


def test_the_keyboard_alone_reaches_the_content_and_the_menu(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.goto("/")
    menu = page.get_by_role("button", name="Menu")
    while not menu.evaluate("button => button === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Articles", exact=True).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()


def test_without_javascript_the_way_is_open(newcomer: Newcomer, article: str) -> None:
    page = newcomer(java_script_enabled=False, viewport=PHONE)
    page.goto(article)
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="Primer")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Add a comment").click()
    expect(page.get_by_role("textbox", name="Your comment")).to_be_visible()
    page.get_by_role("button", name="Send comment").click()
    expect(page.get_by_text("Not sent yet.")).to_be_visible()
    page.goto("/subscribe/")
    expect(page.get_by_role("button", name="Subscribe", exact=True)).to_be_visible()


def test_without_javascript_the_paper_can_be_changed(newcomer: Newcomer) -> None:
    page = newcomer(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("radio", name="Dark").check()
    page.get_by_role("button", name="Choose").click()
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
