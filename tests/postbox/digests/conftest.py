"""A section of the tests' own, and readers of it."""

from collections.abc import Callable
from datetime import datetime

import pytest

from postbox.digests import mornings, sections, services
from postbox.digests.models import DigestReader
from postbox.digests.sections import Due, Item, Section


class Shop:
    """What the section tells: things by the moment at which they happened; `asked` keeps every question."""

    def __init__(self) -> None:
        self.news: list[tuple[datetime, str]] = []
        self.asked: list[list[Due]] = []
        self.stopped: list[str] = []

    def gather(self, dues):
        self.asked.append(list(dues))
        return {
            due.number: [
                Item(key=title, title=title, url="/primer/", text="A line.")
                for at, title in self.news
                if due.since < at <= due.until
            ]
            for due in dues
        }

    def stop(self, email, _user):
        self.stopped.append(email)


@pytest.fixture
def shop(monkeypatch) -> Shop:
    shop = Shop()
    section = Section(name="shop", position=1, heading="New in the shop", gather=shop.gather, stop=shop.stop)
    monkeypatch.setitem(sections._sections, "shop", section)
    return shop


@pytest.fixture
def reader(db, shop) -> Callable[..., DigestReader]:
    def make(email="reader@elsewhere.example", *, at: datetime, rhythm="weekly", zone="UTC", **fields) -> DigestReader:
        """Joined at this moment."""
        made = services.join(email=email, section="shop", rhythm=rhythm, zone=zone, **fields)
        made.choices.update(told_until=at)
        made.next_at = mornings.after(at, rhythm=rhythm, zone=made.zone)
        made.save()
        return made

    return make
