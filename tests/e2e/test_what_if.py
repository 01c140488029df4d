"""What if, by keyboard: the sliders only set the numbers, and whoever asks stays where they are."""

import pytest
from playwright.sync_api import expect

from tests.e2e.acts_steering import ALLY
from tests.e2e.conftest import Newcomer, Running
from tests.e2e.walk import Walk

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]


def test_four_presses_move_four_steps_and_ask_nothing_and_the_focus_stays(site: Running, newcomer: Newcomer) -> None:
    page, asked = Walk(site, newcomer).sign_in(ALLY), []
    page.goto("/spread/what-if/")
    page.screenshot()  # leaves empty styles on the fields; htmx must not carry them over, or the policy speaks up
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    slider, number = page.get_by_role("slider", name="More invitations a month"), page.locator("#id_invited")
    slider.focus()
    for _press in range(4):
        page.keyboard.press("ArrowRight")
    expect(slider).to_be_focused()
    expect(number).to_have_value("30")
    assert asked == []

    button, there = page.get_by_role("button", name="Work it out"), page.locator("#outcome :is(figure, .msg)")
    button.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.url}/spread/what-if/30-50-1/")
    expect(there).to_be_visible()
    expect(button).to_be_focused()

    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.url}/spread/what-if/25-50-1/")
    expect(number).to_have_value("25")
    expect(slider).to_be_focused()
    assert len(asked) == 2
