"""What every act of the path needs: people, their mails, and signing in."""

import re
import time
import urllib.request
from dataclasses import dataclass, field
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PATIENCE, Newcomer, Running
from tests.e2e.sink import link_in

SHARED_COPIES_HOLD = 5.0  # seconds; each web process may hand out its older copy of a public page for one of them
A_BREATH = 2_100  # milliseconds; whoever sends a comment sooner after opening its form is taken for a machine


@dataclass
class Walk:
    """The site that is walked, who walks it, and what they remember from one act to the next."""

    site: Running
    newcomer: Newcomer
    found: dict[str, str] = field(default_factory=dict)
    tag: str = field(default_factory=lambda: uuid4().hex[:6])

    def address_of(self, name: str) -> str:
        """This walk's own address of somebody, so that a site can be walked more than once."""
        return f"{name}.{self.tag}@walkers.example"

    def sign_in(self, email: str, lands: str = "/me/") -> Page:
        page = self.newcomer()
        page.goto("/accounts/login/")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password").fill(self.site.password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page).to_have_url(f"{self.site.url}{lands}")
        return page

    def open_mail(self, page: Page, address: str, about: str, holding: str) -> None:
        """Open the link of the newest such mail in this browser."""
        page.goto(link_in(self.site.sink.wait_for(address, about), holding))

    def sign_up(self, page: Page, email: str, password: str) -> None:
        """From the form of signing up to the page that welcomes."""
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Send me a code").click()
        expect(page.get_by_role("heading", name="Look at your inbox")).to_be_visible()
        page.get_by_label("Code").fill(self.code_for(email))
        page.get_by_role("button", name="Confirm").click()
        expect(page.get_by_role("heading", name="Welcome", exact=True)).to_be_visible()

    def code_for(self, email: str) -> str:
        mail = self.site.sink.wait_for(email)
        body = mail.get_body(("plain",))
        found = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", body.get_content() if body else "", re.MULTILINE)
        assert found, f"no code in the mail to {email}:\n{body}"
        return found.group(1)


def fetch(url: str, method: str = "GET", data: bytes | None = None) -> tuple[int, str]:
    """Without a browser and without a cookie: status and text."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if data else {}
    request = urllib.request.Request(url, data=data, method=method, headers=headers)
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return answer.status, answer.read().decode()


def others_read(says: str, url: str) -> bool:
    """Whether a visitor without a cookie finds these words on a public page, once every process has heard of them."""
    until = time.monotonic() + SHARED_COPIES_HOLD
    while time.monotonic() < until:
        if says in fetch(url)[1]:
            return True
        time.sleep(0.2)
    return says in fetch(url)[1]
