"""Addresses of the old site lead on."""

from urllib.parse import unquote, urlsplit

from django.http import HttpRequest, HttpResponsePermanentRedirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from content.wordpress.wxr import Item

LONGEST = 255


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


def by_number(request: HttpRequest) -> HttpResponsePermanentRedirect | None:
    """`/?p=12`: the home page answers there, so the middleware for missing pages never sees it."""
    for name in ("p", "page_id"):
        number = request.GET.get(name, "")
        if number.isascii() and number.isdigit() and len(number) < 19:
            found = Redirect.objects.select_related("redirect_page").filter(old_path=f"/?{name}={int(number)}").first()
            if found and found.redirect_page and found.redirect_page.live:
                return HttpResponsePermanentRedirect(found.redirect_page.url)
    return None
