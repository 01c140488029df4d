"""The pages of the site; lists of articles by topic, tag, series and author; robots.txt."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from wagtail.models import Site
from wagtail.views import serve

from content import pagecache
from content.pagecache import public
from content.pages.articles import ArticlePage, listing
from content.pages.series import numbered, parts_ahead, parts_out
from content.pages.sorting import Author, Series, Tag, Topic
from content.settings import OrganisationSettings, organisation


def page(request: HttpRequest, path: str) -> HttpResponse:
    """A page of the CMS. Which site this is, its home page and whose it is are asked once and not for each page."""
    setattr(request, OrganisationSettings.get_cache_attr_name(), organisation())  # where Wagtail keeps what it found
    if site := pagecache.remembered("site", the_site):
        request._wagtail_site = site  # type: ignore[attr-defined]  # where Wagtail keeps what it found
    return serve(request, path)


def the_site() -> Site | None:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site:
        site.root_page = site.root_page.specific
    return site


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
    found = get_object_or_404(Author.objects.select_related("portrait"), slug=slug)
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
