"""On paper: the primer's booklet and an article, as the browser prints them."""

import re

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import Running

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
