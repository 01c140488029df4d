"""Acts 3 and 4: somebody becomes an ally, finds others, and brings a colleague."""

from playwright.sync_api import Page, expect

from tests.e2e.walk import Walk

NEW, FRIEND = "Henrietta Quill", "Casimir Doyle"
#: Where clocks change twice a year.
ZONE = "Europe/Madrid"
PASSWORD = "ferry-kettle-lantern-nine"


def somebody_becomes_an_ally(walk: Walk) -> Page:
    """Sign-up, the code of the mail, the welcome; stays signed in on Today."""
    page = walk.newcomer()
    page.goto("/")
    page.get_by_role("link", name="Become an ally").first.click()
    walk.sign_up(page, walk.address_of("henrietta"), PASSWORD)
    page.get_by_role("textbox", name="Your name").fill(NEW)
    page.get_by_role("radio", name="Open.").check()
    page.get_by_role("combobox", name="Your time zone").select_option(ZONE)
    page.get_by_role("button", name="Go on").click()
    choices = page.get_by_role("combobox", name="Department")
    walk.found["department"] = choices.locator("optgroup option").first.inner_text()
    choices.select_option(label=walk.found["department"])
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Come in").click()
    expect(page).to_have_url(f"{walk.site.url}/me/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(NEW.split()[0])
    return page


def they_find_allies_elsewhere(walk: Walk, page: Page) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Allies").click()
    groups = page.get_by_role("group").filter(has_not=page.get_by_text(walk.found["department"], exact=True))
    box = groups.locator("[name=dep]").first  # above them stands one for the whole division
    elsewhere = box.evaluate("box => box.nextElementSibling.textContent")
    box.check()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("heading", name=elsewhere)).to_be_visible()
    found = page.locator(".people .ally h3 a")
    name = found.first.inner_text()
    found.first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def and_bring_a_colleague(walk: Walk, page: Page) -> None:
    page.goto("/invite/")
    expect(page.get_by_role("img", name="Your invitation link as a QR code")).to_be_visible()
    link = page.get_by_label("Link to copy").input_value()
    a_colleague_joins(walk, link)
    page.reload()
    expect(page.get_by_role("main").get_by_role("link", name=FRIEND)).to_be_visible()


def a_colleague_joins(walk: Walk, link: str) -> None:
    page = walk.newcomer()
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{NEW} would like you to be part of this")
    page.get_by_role("main").get_by_role("button", name="Become an ally").first.click()
    walk.sign_up(page, walk.address_of("casimir"), PASSWORD)
    page.get_by_role("textbox", name="Your name").fill(FRIEND)
    page.get_by_role("radio", name="Open.").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="Skip this").click()
    page.get_by_role("button", name="Skip this").click()
    expect(page).to_have_url(f"{walk.site.url}/me/")
    page.context.close()
