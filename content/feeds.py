"""Atom (all, per topic, per author) and JSON Feed 1.1, with the full text, an ETag and Last-Modified."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.atom import AtomFeed
from content.feed_texts import changed_at, full_texts, in_utc, lasting_id
from content.pagecache import dated
from content.pages.articles import ArticlePage
from content.pages.sorting import Author, Topic
from content.settings import OrganisationSettings, organisation

NEWEST = 20


def newest(**about: Any) -> list[ArticlePage]:
    articles = ArticlePage.objects.public_ones().with_bylines().prefetch_related("topics")
    return list(articles.filter(**about)[:NEWEST])


def title_of(organisation: OrganisationSettings, of: Topic | Author | None) -> str:
    name = " · ".join(filter(None, [organisation.site_name, organisation.name]))
    return f"{of.name} · {name}" if of else name


def writers_of(article: ArticlePage) -> list[dict[str, str]]:
    return [
        {"name": author.name, "url": urljoin(settings.SITE_URL, author.get_absolute_url())}
        for author in article.bylines
    ]


def write_atom(request: HttpRequest, articles: list[ArticlePage], of: Topic | Author | None = None) -> HttpResponse:
    title = title_of(organisation(), of)
    feed = AtomFeed(
        title=title,
        link=urljoin(settings.SITE_URL, of.get_absolute_url() if of else "/articles/"),
        description=_("Articles by colleagues, about serving each other well."),
        feed_url=urljoin(settings.SITE_URL, request.path),
        language=settings.LANGUAGE_CODE,
        author_name=title,
    )
    for article, text in full_texts(articles):
        feed.add_item(
            title=article.title,
            link=urljoin(settings.SITE_URL, article.get_absolute_url()),
            description=article.standfirst,
            content=text,
            pubdate=article.shown_at,
            updateddate=max(changed_at(article), article.shown_at),
            unique_id=lasting_id(article),
            writers=[(author["name"], author["url"]) for author in writers_of(article)],
            categories=[about.name for about in article.topics.all()],
        )
    answer = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    return dated(answer, map(changed_at, articles))


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    return write_atom(request, newest())


@require_safe
def topic_atom(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic, slug=slug)
    return write_atom(request, newest(topics=topic), topic)


@require_safe
def author_atom(request: HttpRequest, slug: str) -> HttpResponse:
    author = get_object_or_404(Author, slug=slug)
    return write_atom(request, newest(authors=author), author)


def json_item(article: ArticlePage, text: str) -> dict[str, Any]:
    return {
        "id": lasting_id(article),
        "url": urljoin(settings.SITE_URL, article.get_absolute_url()),
        "title": article.title,
        "summary": article.standfirst,
        "content_html": text,
        "date_published": in_utc(article.shown_at),
        "date_modified": in_utc(changed_at(article)),
        "authors": writers_of(article),
        "tags": [about.name for about in article.topics.all()],
    }


@require_safe
def json_feed(request: HttpRequest) -> HttpResponse:
    articles = newest()
    answer = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title_of(organisation(), None),
        "home_page_url": f"{settings.SITE_URL}/",
        "feed_url": f"{settings.SITE_URL}{reverse('content:json_feed')}",
        "language": settings.LANGUAGE_CODE,
        "items": [json_item(article, text) for article, text in full_texts(articles)],
    }
    return dated(JsonResponse(answer, content_type="application/feed+json"), map(changed_at, articles))
