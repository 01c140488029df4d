"""On paper: the primer's booklet, an article and the report of the spread, as the browser prints them."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import PATIENCE, Running

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

CHAPTERS = ["Get clear", "Find allies", "Take action", "Keep your resolve"]


def pages_of(pdf: bytes) -> int:
    """The page tree's own count; its objects stand uncompressed in what Chromium writes."""
    return max(int(count) for count in re.findall(rb"/Count (\d+)", pdf))


def test_the_primer_prints_as_a_booklet(site: Running, browser: Browser) -> None:
    page = browser.new_context(color_scheme="dark").new_page()
    page.goto(f"{site.url}/primer/booklet/")
    pdf = page.pdf(prefer_css_page_size=True)
    assert 14 <= pages_of(pdf) <= 40  # a title, the contents, and four chapters of some pages each
    page.emulate_media(media="print")
    assert page.locator(".leaf__head h2").all_inner_texts() == CHAPTERS
    assert page.locator(".site-head, .site-foot, .booklet__how").filter(visible=True).count() == 0
    assert [
        page.locator(".leaf").first.evaluate("leaf => getComputedStyle(leaf).breakBefore"),
        page.evaluate("getComputedStyle(document.documentElement).colorScheme"),
    ] == ["page", "light only"]


def test_an_article_prints_without_what_only_a_screen_can_do(site: Running, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{site.url}/articles/page-four/")
    assert pages_of(page.pdf(format="A4")) in range(2, 6)
    page.emulate_media(media="print")
    hidden = page.locator(".nav, .site-foot, #comments, .subscribe, .print-hint, .series__ask")
    assert hidden.filter(visible=True).count() == 0
    assert page.locator(".paper-only").inner_text() == f"{site.url}/articles/page-four/"


@pytest.mark.parametrize("theme", ["auto", "dark"])
def test_the_report_prints_on_two_pages_of_a4_and_in_light(site: Running, browser: Browser, theme: str) -> None:
    context = browser.new_context(color_scheme="dark")
    context.add_cookies([{"name": "theme", "value": theme, "url": site.url}])
    page = context.new_page()
    page.goto(f"{site.url}/accounts/login/?next=/spread/report/")
    page.get_by_label("Email").fill("philippa.tarn@tarebridge.example")
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{site.url}/spread/report/")
    drawn = page.locator(".report figure svg")
    for _second in range(PATIENCE):  # until the worker has drawn them
        if drawn.count():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    assert drawn.count() > 0
    pdf = page.pdf(prefer_css_page_size=True)
    assert pages_of(pdf) == 2
    boxes = {tuple(map(float, ends)) for ends in re.findall(rb"MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)}
    assert {(round(wide), round(high)) for wide, high in boxes} == {(595, 842)}
    page.emulate_media(media="print")
    hidden = page.locator(".site-head, .site-foot, .nav, .made-up, .report__how, .messages")
    assert hidden.filter(visible=True).count() == 0
    assert page.locator(".report__part").filter(visible=True).count() == 6
    assert f"{site.url}/" in page.locator(".report__where").inner_text()
    light = "[getComputedStyle(document.documentElement).colorScheme, getComputedStyle(document.body).color]"
    assert page.evaluate(light) == ["light only", "rgb(29, 26, 22)"]
