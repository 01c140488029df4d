"""Atom (all, and per topic) and JSON Feed 1.1, with the full text, an ETag and Last-Modified."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.addresses import for_elsewhere
from content.pagecache import public
from content.pages.articles import ArticlePage
from content.pages.sorting import Topic
from content.settings import OrganisationSettings

NEWEST = 20


def full_text(article: ArticlePage) -> str:
    """The article as HTML for a reader elsewhere; local addresses become whole ones, and no script goes along."""
    return for_elsewhere(render_to_string("content/feed_item.html", {"page": article}), origin=settings.SITE_URL)


def newest(topic: Topic | None = None) -> list[ArticlePage]:
    articles = ArticlePage.objects.public_ones().with_bylines().prefetch_related("topics")
    return list((articles.filter(topics=topic) if topic else articles)[:NEWEST])


def title_of(organisation: OrganisationSettings, topic: Topic | None) -> str:
    name = " · ".join(filter(None, [organisation.site_name, organisation.name]))
    return f"{topic.name} · {name}" if topic else name


def changed_at(article: ArticlePage) -> datetime:
    return article.last_published_at or article.shown_at


def dated(response: HttpResponse, articles: list[ArticlePage]) -> HttpResponse:
    if articles:
        response["Last-Modified"] = http_date(max(map(changed_at, articles)).timestamp())
    return public(response)


def write_atom(request: HttpRequest, topic: Topic | None, own_address: str) -> HttpResponse:
    articles, organisation = newest(topic), OrganisationSettings.load(request_or_site=request)
    feed = Atom1Feed(
        title=title_of(organisation, topic),
        link=urljoin(settings.SITE_URL, topic.get_absolute_url() if topic else "/articles/"),
        description=_("Articles by colleagues, about serving each other well."),
        feed_url=urljoin(settings.SITE_URL, own_address),
        language=settings.LANGUAGE_CODE,
    )
    for article in articles:
        link = urljoin(settings.SITE_URL, article.get_absolute_url())
        feed.add_item(
            title=article.title,
            link=link,
            description=full_text(article),
            author_name=article.byline,
            pubdate=article.shown_at,
            updateddate=max(changed_at(article), article.shown_at),
            unique_id=link,
            categories=[about.name for about in article.topics.all()],
        )
    return dated(HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"), articles)


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    return write_atom(request, None, reverse("content:feed"))


@require_safe
def topic_atom(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic, slug=slug)
    return write_atom(request, topic, reverse("content:topic_feed", args=[slug]))


def json_item(article: ArticlePage) -> dict[str, Any]:
    link = urljoin(settings.SITE_URL, article.get_absolute_url())
    return {
        "id": link,
        "url": link,
        "title": article.title,
        "summary": article.standfirst,
        "content_html": full_text(article),
        "date_published": article.shown_at.astimezone(UTC).isoformat(),
        "date_modified": changed_at(article).astimezone(UTC).isoformat(),
        "authors": [
            {"name": author.name, "url": urljoin(settings.SITE_URL, author.get_absolute_url())}
            for author in article.bylines
        ],
        "tags": [about.name for about in article.topics.all()],
    }


@require_safe
def json_feed(request: HttpRequest) -> HttpResponse:
    articles = newest()
    answer = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title_of(OrganisationSettings.load(request_or_site=request), None),
        "home_page_url": f"{settings.SITE_URL}/",
        "feed_url": f"{settings.SITE_URL}{reverse('content:json_feed')}",
        "language": settings.LANGUAGE_CODE,
        "items": [json_item(article) for article in articles],
    }
    return dated(JsonResponse(answer, content_type="application/feed+json"), articles)
