"""`/sitemap.xml`: every public page, and the lists that have something in them, in a few questions."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from content.mailings.choices import GoesOut
from content.pagecache import dated
from content.pages.articles import ArticlePage

#: As many as one file may hold (sitemaps.org).
MOST = 50_000
#: Lists of articles: the address's name and what leads there from an article.
LISTS = {"content:topic": "topics__slug", "content:series": "series__slug", "content:author": "authors__slug"}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    found = [*pages(), *lists()][:MOST]
    urls = [{"location": f"{settings.SITE_URL}{path}", "lastmod": changed} for path, changed in found]
    answer = render(request, "sitemap.xml", {"urlset": urls}, content_type="application/xml")
    return dated(answer, (changed for _path, changed in found if changed))


def pages() -> Iterator[tuple[str, datetime | None]]:
    letters = ArticlePage.objects.filter(goes_out=GoesOut.LETTER).values("pk")
    public = Page.objects.live().public().filter(depth__gt=1).exclude(pk__in=letters).order_by("path")
    for path, published in public.values_list("url_path", "last_published_at")[:MOST].iterator():
        yield "/" + path.split("/", 2)[2], published


def lists() -> Iterator[tuple[str, Any]]:
    articles = ArticlePage.objects.public_ones().order_by()
    for name, slug in LISTS.items():
        rows = articles.exclude(**{slug: None}).values_list(slug).annotate(changed=Max("last_published_at"))
        for one, changed in rows.order_by(slug):
            yield reverse(name, args=[one]), changed
