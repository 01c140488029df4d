"""Addresses of the old site lead on."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.models import Model
from django.http import HttpRequest, HttpResponsePermanentRedirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from content.pages.sorting import Tag
from content.wordpress.sorting import Sorting
from content.wordpress.survey import Survey
from content.wordpress.wxr import Item

LONGEST = 255
LISTS = {"category": "category", "post_tag": "tag", "author": "author"}


def old_paths(item: Item) -> list[str]:
    """As Wagtail keeps them; `/?p=12` always, whatever the permalinks were."""
    parts = urlsplit(item.link)
    paths = [f"/?p={item.number}"]
    if item.kind == "page":
        paths.append(f"/?page_id={item.number}")
    if parts.path.strip("/") and not parts.query:
        paths.append(Redirect.normalise_path(unquote(parts.path)))
    return [path for path in paths if len(path) <= LONGEST]


def add_redirects(pairs: list[tuple[str, int]]) -> int:
    """(old path, page): those that exist already stay as they are. Returns how many there were to be."""
    site = Site.objects.get(is_default_site=True)
    addresses = dict(Page.objects.filter(pk__in={page for _path, page in pairs}).values_list("pk", "url_path"))
    rows = [
        Redirect(old_path=path, site=site, redirect_page_id=page)
        for path, page in dict(pairs).items()
        if path.strip("/") != addresses[page].split("/", 2)[2].strip("/")
    ]
    Redirect.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def old_lists(survey: Survey, sorting: Sorting) -> Iterator[tuple[str, str]]:
    """(old path, our address) of the lists by category, tag, series and author that came along.

    As WordPress names them from the start; which other words a site had chosen, its export does not tell.
    """
    prefix = urlsplit(survey.head.site).path.rstrip("/")
    for (domain, slug), became in sorting.lists.items():
        row: Any = became if isinstance(became, Model) else Tag.objects.filter(name__iexact=became).first()
        if not row or not slug:
            continue
        base, above = LISTS.get(domain, domain), survey.parents.get((domain, slug))
        for path in {f"{base}/{slug}", f"{base}/{above}/{slug}" if above else f"{base}/{slug}"}:
            yield Redirect.normalise_path(f"{prefix}/{path}/"), row.get_absolute_url()


def add_lists(pairs: Iterable[tuple[str, str]]) -> int:
    site = Site.objects.get(is_default_site=True)
    rows = [Redirect(old_path=path, site=site, redirect_link=link) for path, link in pairs if len(path) <= LONGEST]
    Redirect.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def by_number(request: HttpRequest) -> HttpResponsePermanentRedirect | None:
    """`/?p=12`: the home page answers there, so the middleware for missing pages never sees it."""
    for name in ("p", "page_id"):
        number = request.GET.get(name, "")
        if number.isascii() and number.isdigit() and len(number) < 19:
            found = Redirect.objects.select_related("redirect_page").filter(old_path=f"/?{name}={int(number)}").first()
            if found and found.redirect_page and found.redirect_page.live:
                return HttpResponsePermanentRedirect(found.redirect_page.url)
    return None
