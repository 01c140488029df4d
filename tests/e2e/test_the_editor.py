"""Writing in the CMS: the draft keeps itself, and what would shut readers out is said before it is published."""

import re
import time
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acts_writing import AUTHOR, insert
from tests.e2e.conftest import PATIENCE, Newcomer, Running
from tests.e2e.walk import Walk

#: Wagtail compares a form with what stood in it two seconds after it opened. A machine has typed everything by then,
#: and goes on to wait for a change that never comes; people type on, and then all of it is kept.
NOTICES = "addEventListener('w-unsaved:watch-edits', e => { window.noticed ||= e.target.matches('[data-edit-form]') })"
SOURCE = "The weekly report, page four"
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]


def begin_an_article(walk: Walk, title: str) -> Page:
    page = walk.sign_in(AUTHOR)
    page.add_init_script(NOTICES)
    page.goto("/cms/")
    page.get_by_role("link", name="Write an article").click()
    page.wait_for_function("window.noticed")
    page.get_by_role("textbox", name="Title").fill(title)
    page.get_by_role("textbox", name="Standfirst").fill("A table, a voice and a film.")
    return page


def type_until_it_is_kept(page: Page, field: Locator, words: str) -> None:
    """The CMS takes what is typed while a save is under way for saved, until the next key is pressed: we type on."""
    kept: list[bool] = []
    page.on("response", lambda answer: kept.append(words.encode() in (answer.request.post_data_buffer or b"")))
    field.fill(words)
    until = time.monotonic() + PATIENCE
    while not any(kept) and time.monotonic() < until:
        page.wait_for_timeout(5_000)
        if not any(kept):
            field.press_sequentially(".")
    assert any(kept), "the words were never sent to be kept"


def test_a_draft_keeps_itself_with_every_kind_of_block(site: Running, newcomer: Newcomer) -> None:
    title = f"Kept by itself {uuid4().hex[:6]}"
    page = begin_an_article(Walk(site, newcomer), title)
    body = page.get_by_role("region", name="Body", exact=True)
    insert(page, "Quotation")
    body.get_by_role("textbox", name="Quotation").fill("I only ever read the date.")
    body.get_by_role("textbox", name="Who said it, and where").fill("A clerk")
    insert(page, "Film from elsewhere")
    body.get_by_role("textbox", name="Address of the film").fill("https://youtu.be/Oo0jm1PPRuo")
    body.get_by_role("textbox", name="What it shows").fill("Where the digits come from, 10 min")
    expect(page).to_have_url(re.compile(r"/cms/pages/\d+/edit/"))
    insert(page, "Sources")
    type_until_it_is_kept(page, body.get_by_role("textbox", name="Source"), SOURCE)
    page.reload()
    expect(page.get_by_role("textbox", name="Title")).to_have_value(title)
    expect(body.get_by_role("textbox", name="Source")).to_have_value(re.compile(f"^{SOURCE}"))
    page.goto("/cms/")
    expect(page.get_by_role("link", name=title)).to_be_visible()
