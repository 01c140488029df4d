"""An article as feed readers get it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from content.addresses import for_elsewhere
from content.at_hand import pictures_of
from content.pages.articles import ArticlePage
from content.reading import expand


def full_texts(articles: Sequence[ArticlePage]) -> Iterator[tuple[ArticlePage, str]]:
    """Each with its HTML for a reader elsewhere; local addresses become whole ones, and no script goes along.

    Pictures and links to pages are asked for once, for all articles.
    """
    with pictures_of((article.body for article in articles), beside=[article.cover for article in articles]):
        bodies = [list(article.body) for article in articles]
    texts = iter(expand(block.value.source for body in bodies for block in body if block.block_type == "text"))
    for article, body in zip(articles, bodies, strict=True):
        pieces = [(block, mark_safe(next(texts)) if block.block_type == "text" else "") for block in body]
        html = render_to_string("content/feed_item.html", {"page": article, "pieces": pieces})
        yield article, for_elsewhere(html, origin=settings.SITE_URL)


def changed_at(article: ArticlePage) -> datetime:
    return article.last_published_at or article.shown_at


def lasting_id(article: ArticlePage) -> str:
    """The same whatever its address becomes, so that a reader does not show it twice."""
    return f"urn:uuid:{article.translation_key}"


def in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
