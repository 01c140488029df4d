"""An article as feed readers get it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.template.loader import render_to_string

from content.addresses import for_elsewhere
from content.pages.articles import ArticlePage


def full_texts(articles: Iterable[ArticlePage]) -> Iterator[tuple[ArticlePage, str]]:
    """Each with its HTML for a reader elsewhere; local addresses become whole ones, and no script goes along."""
    for article in articles:
        html = render_to_string("content/feed_item.html", {"page": article})
        yield article, for_elsewhere(html, origin=settings.SITE_URL)


def changed_at(article: ArticlePage) -> datetime:
    return article.last_published_at or article.shown_at


def lasting_id(article: ArticlePage) -> str:
    """The same whatever its address becomes, so that a reader does not show it twice."""
    return f"urn:uuid:{article.translation_key}"


def in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
