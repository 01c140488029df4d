"""Lists of articles by topic, series and author; robots.txt."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from content.pagecache import public
from content.pages.articles import ArticlePage, listing
from content.pages.series import numbered, parts_ahead, parts_out
from content.pages.sorting import Author, Series, Tag, Topic


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic, slug=slug)
    articles = ArticlePage.objects.public_ones().filter(topics=found)
    return public(render(request, "content/topic.html", {"topic": found} | listing(articles, request)))


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Tag, slug=slug)
    articles = ArticlePage.objects.public_ones().filter(tagged__tag=found)
    return public(render(request, "content/tag.html", {"tag": found} | listing(articles, request)))


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Author, slug=slug)
    articles = ArticlePage.objects.public_ones().filter(authors=found)
    return public(render(request, "content/author.html", {"author": found} | listing(articles, request)))


@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Series, slug=slug)
    parts, ahead = list(parts_out(found).with_bylines()), list(parts_ahead(found))
    numbered(parts, ahead)
    return public(render(request, "content/series.html", {"series": found, "parts": parts, "announced": ahead}))


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    closed = (
        "/cms/",
        "/accounts/",
        "/me/",
        "/comments/",
        "/search/",
        "/subscriptions/",
        "/unsubscribe/",
        "/join/",
        "/calendar/",
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
