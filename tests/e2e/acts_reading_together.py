"""Acts 5 and 6: they sit down with a reading group, note a small action, and write a card."""

import urllib.request
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.e2e.acts_meeting import ZONE
from tests.e2e.conftest import PATIENCE
from tests.e2e.walk import Walk

CLUB = "Page and Pie"


def they_join_a_reading_group(walk: Walk, page: Page) -> None:
    """Its book, its sections and its next meeting are there to see; they say yes."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Reading groups").click()
    page.get_by_role("link", name=CLUB).click()
    page.get_by_role("button", name="Join this group").click()
    expect(page.get_by_text("Counters: A Short History of Waiting").first).to_be_visible()
    expect(page.get_by_text("The toll-house").first).to_be_visible()
    meeting = page.get_by_role("region", name="Next meeting")
    meeting.get_by_role("radio", name="I’ll be there").check()
    meeting.get_by_role("button", name="Save my answer").click()
    expect(meeting.get_by_text("You are on the list.")).to_be_visible()
    walk.found["day"] = " ".join(meeting.locator(".next__date").inner_text().split())
    walk.found["meeting"] = meeting.inner_text()


def their_calendar_has_it(walk: Walk, page: Page) -> None:
    """By the address that a calendar program is given: no cookie, and the hour that the page names, in its zone."""
    page.goto("/me/calendar/")
    address = page.get_by_label("Address of your calendar").input_value()
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        calendar = Calendar.from_ical(answer.read())
    (event,) = [found for found in calendar.walk("VEVENT") if CLUB in str(found["SUMMARY"])]
    starts: datetime = event["DTSTART"].dt
    assert starts.strftime("%-d %B %A, %H:%M") in walk.found["day"]
    by_their_clock = starts.astimezone(ZoneInfo(ZONE)).strftime("That is %A %H:%M by your clock.")
    assert by_their_clock in walk.found["meeting"]


def they_note_a_small_action(walk: Walk, page: Page) -> None:
    did = f"Put the key numbers first in the weekly list {walk.tag}"
    page.goto("/actions/")
    page.get_by_role("textbox", name="What did you do?").fill(did)
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("That was your first small action.")).to_be_visible()
    page.goto("/actions/")
    expect(page.get_by_role("article").filter(has_text=did)).to_be_visible()


def they_write_a_card(page: Page) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Cards").click()
    page.get_by_role("link", name="Write a card").first.click()
    lines = {"My name is": "Ines", "and I am": "a depot planner", "I want": "tomorrow’s stock-out list"}
    lines |= {"so I can": "send the first vans another way", "by when": "by 15:30, every working day"}
    for label, words in lines.items():
        page.get_by_role("textbox", name=label).fill(words)
    page.get_by_role("button", name="Save the card").click()
    card = page.get_by_role("main")
    for words in lines.values():
        expect(card.get_by_text(words).first).to_be_visible()
