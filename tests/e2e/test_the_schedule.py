"""An organiser drags the days of a book: with the pointer, with the keyboard, and without scripts by typing them."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Newcomer, Running
from tests.e2e.walk import Walk

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]
ORGANISER = "anselm.okonjo.reeve@tarebridge.example"


def days(page: Page) -> list[str]:
    return [field.input_value() for field in page.locator("fieldset [type=date]").all()]


def test_a_section_is_dragged_along_its_line_and_the_others_make_room(site: Running, newcomer: Newcomer) -> None:
    page = Walk(site, newcomer).sign_in(ORGANISER)
    page.goto("/clubs/page-and-pie/")
    page.get_by_role("link", name="Sections and days").click()
    expect(page.get_by_role("heading", name="Sections and days")).to_be_visible()
    plan, before = page.url, days(page)
    last = page.get_by_role("slider", name="Section 6: Read by")
    last.scroll_into_view_if_needed()
    box = last.bounding_box() or {}
    share = last.evaluate("one => (one.value - one.min) / (one.max - one.min)")
    x, y = box["x"] + 14 + (box["width"] - 28) * share, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y, steps=4)
    page.mouse.up()
    dragged = days(page)
    assert (dragged[:5], dragged[5] > before[5]) == (before[:5], True)
    second = page.get_by_role("slider", name="Section 2: Read by")
    second.focus()
    for key in ("PageUp", "PageUp", "PageUp", "PageUp", "PageUp", "PageUp", "PageUp", "ArrowRight"):
        page.keyboard.press(key)
    assert days(page) == sorted(days(page))
    assert days(page)[1] == days(page)[2] > before[2]
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    kept = days(page) if page.goto(plan) else []
    assert (kept[5], kept == sorted(kept), kept[1] > before[1]) == (dragged[5], True, True)


def test_without_scripts_the_days_are_typed(site: Running, newcomer: Newcomer) -> None:
    walk = Walk(site, lambda **wishes: newcomer(java_script_enabled=False, **wishes))
    page = walk.sign_in(ORGANISER)
    page.goto("/clubs/page-and-pie/")
    page.get_by_role("link", name="Sections and days").click()
    expect(page.get_by_role("heading", name="Sections and days")).to_be_visible()
    expect(page.get_by_role("slider")).to_have_count(0)
    expect(page.get_by_text("Drag a section along its line")).to_be_hidden()
    page.locator("summary", has_text="Nobody in front of you").click()
    page.get_by_role("group", name="Section 6").get_by_label("Read by").fill("2039-12-24")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("by 24 December")).to_be_visible()


def test_a_section_is_moved_by_keyboard_and_enter_in_a_field_saves(site: Running, newcomer: Newcomer) -> None:
    walk = Walk(site, lambda **wishes: newcomer(java_script_enabled=False, **wishes))
    page = walk.sign_in(ORGANISER)
    page.goto("/clubs/page-and-pie/")
    page.get_by_role("link", name="Sections and days").click()
    page.locator("summary", has_text="Music on the line").press("Enter")
    page.get_by_role("button", name="Up: section 5").press("Enter")
    expect(page.get_by_text("Saved, and moved.")).to_be_visible()
    titles = page.locator(".plan__what b").all_inner_texts()
    assert titles[3:5] == ["Music on the line", "The lady will see you presently"]
    page.locator("summary", has_text="Music on the line").press("Enter")
    page.get_by_role("button", name="Down: section 4").press("Enter")
    page.locator("summary", has_text="Music on the line").press("Enter")
    page.get_by_role("group", name="Section 5").get_by_role("textbox", name="Section 5", exact=True).press("Enter")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(page).to_have_url(f"{site.url}/clubs/page-and-pie/")
