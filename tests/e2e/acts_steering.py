"""Acts 7 and 8: what has come of it, and how a steward sets up departments."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.walk import Walk

ALLY, STEWARD = "philippa.tarn@tarebridge.example", "marguerite.oldacre@tarebridge.example"

CURVE = re.compile(r"Line: \d+ allies in .+, \d+ in .+\.")


def an_ally_sees_how_far_it_has_come(walk: Walk) -> None:
    page = walk.sign_in(ALLY)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Spread").click()
    stages = page.get_by_role("region", name="Stages").get_by_role("listitem")
    expect(stages).to_have_count(4)
    expect(page.locator("[aria-current=step]")).to_contain_text("we are here")
    table = page.get_by_role("table", name="Allies by department")
    expect(table).to_be_visible()
    assert table.get_by_role("row").filter(has_text=re.compile(r"\d+ %")).count() >= 3
    the_curve_is_drawn(page)
    page.context.close()


def the_curve_is_drawn(page: Page) -> None:
    """By the worker, when the clock has said so: soon after the first start."""
    curve = page.get_by_role("region", name="Over time").get_by_role("img", name=CURVE)
    for _look in range(60):
        if curve.is_visible():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    expect(curve.locator("svg").first).to_be_visible()


def a_steward_adds_departments(walk: Walk) -> None:
    page = walk.sign_in(STEWARD)
    one_by_hand(page, walk)
    page.goto("/cms/units/import/")
    head, good = "division,department,headcount\n", f"Outposts {walk.tag},Lighthouse {walk.tag},12\n"
    send_a_file(page, f"{head}{good}Outposts {walk.tag},Harbour {walk.tag},twelve or so\n")
    expect(page.get_by_text(re.compile("Line 3:.*“twelve or so” is not a whole number"))).to_be_visible()
    page.goto("/cms/units/")
    expect(page.get_by_role("link", name=f"Lighthouse {walk.tag}")).to_have_count(0)
    page.goto("/cms/units/import/")
    send_a_file(page, f"{head}{good}Outposts {walk.tag},Harbour {walk.tag},30\n")
    expect(page.get_by_text("Imported: 3 units added")).to_be_visible()
    expect(page.get_by_role("link", name=f"Harbour {walk.tag}")).to_be_visible()
    page.context.close()


def one_by_hand(page: Page, walk: Walk) -> None:
    page.goto("/cms/units/")
    page.get_by_role("link", name=re.compile("Add")).first.click()
    page.get_by_role("textbox", name="Name").fill(f"Night Desk {walk.tag}")
    page.get_by_role("combobox").last.select_option(index=1)
    page.get_by_role("spinbutton", name="Headcount").fill("24")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("link", name=f"Night Desk {walk.tag}").first).to_be_visible()


def send_a_file(page: Page, text: str) -> None:
    page.get_by_label("CSV file").set_input_files(
        {"name": "departments.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Import", exact=True).click()
