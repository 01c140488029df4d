"""Act 4½: an ally reads chapter one to its end, says it in their own words, and Today knows."""

from playwright.sync_api import Page, expect

from tests.e2e.walk import Walk, fetch

SAYS = "We ask the next person along what they need it for."


def they_read_chapter_one(walk: Walk, page: Page) -> None:
    """The place is kept without leaving the page, and the public copy knows nothing of it."""
    page.goto("/me/")
    page.get_by_role("link", name="Read chapter one").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Get clear")
    chapter = page.url
    page.get_by_role("button", name="I have read this chapter").click()
    expect(page.get_by_text("You read this chapter on")).to_be_visible()
    expect(page.locator("#walk li").first).to_contain_text("read")
    assert page.url == chapter
    assert "You read this chapter" not in fetch(chapter)[1]


def they_say_it_in_their_own_words(page: Page) -> None:
    """Shown to allies under their name; the next first step is another one."""
    page.get_by_role("link", name="Write my definition").click()
    page.get_by_role("textbox", name="Service focus means that we").fill(SAYS)
    page.get_by_role("radio", name="Allies, under the name").check()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Kept, and shown to allies.")).to_be_visible()


def today_knows_it(page: Page) -> None:
    page.goto("/me/")
    primer = page.get_by_role("region", name="The primer")
    expect(primer).to_contain_text("exercise done")
    expect(primer.get_by_role("link", name="Next: read “Find allies”")).to_be_visible()
    expect(page.get_by_role("link", name="Read chapter one")).to_have_count(0)
