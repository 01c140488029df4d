"""Django's Atom feed, with the whole text, every writer, and a date when it is empty."""

from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed

#: An empty feed has changed at no time of its own, and must not look changed at each request.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


class AtomFeed(Atom1Feed):
    """Items take `content` (HTML) and `writers` (name, address); `description` is the summary, as plain text."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else NEVER

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item | {"description": None})
        for name, address in item["writers"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.addQuickElement("uri", address)
            handler.endElement("author")
        handler.addQuickElement("summary", item["description"], {"type": "text"})
        handler.addQuickElement("content", item["content"], {"type": "html"})
