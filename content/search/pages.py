"""Articles and the primer, by Wagtail's database search."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.search.backends import get_search_backend

from content.pages.articles import ArticlePage
from content.pages.primer import ChapterPage
from content.pages.standard import StandardPage
from content.search.sources import Hit, Source, register

EXCERPT = 180


def found(pages: QuerySet[Any], query: str, limit: int) -> list[Any]:
    return list(get_search_backend().search(query, pages)[:limit])


def excerpt(text: str, query: str) -> str:
    """The words around the first match, or the beginning."""
    plain = " ".join(strip_tags(text).split())
    words = [word for word in query.lower().split() if len(word) > 1]
    places = [place for place in (plain.lower().find(word) for word in words) if place >= 0]
    start = max(0, min(places, default=0) - EXCERPT // 3)
    piece = plain[start : start + EXCERPT].strip()
    return f"{'… ' if start else ''}{piece}{' …' if start + EXCERPT < len(plain) else ''}"


def hits(model: type[Model], text: str) -> Any:
    def search(_user: Any, query: str, limit: int) -> Iterable[Hit]:
        pages = model._default_manager.live().public()  # type: ignore[attr-defined]
        return [
            Hit(
                title=page.title,
                url=page.get_absolute_url(),
                text=excerpt(f"{getattr(page, text)} {page.search_text}", query),
            )
            for page in found(pages, query, limit)
        ]

    return search


def register_pages() -> None:
    register(Source(name="articles", label=str(_("Articles")), search=hits(ArticlePage, "standfirst")))
    register(Source(name="primer", label=str(_("The primer")), search=hits(ChapterPage, "summary")))
    register(Source(name="pages", label=str(_("About this site")), search=hits(StandardPage, "summary")))
