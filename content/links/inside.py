"""Whether an address of this site leads somewhere: asked of the database, without a request."""

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site


def is_inside(address: str) -> bool:
    return address.startswith(("/", "page:", f"{settings.SITE_URL}/")) or address == settings.SITE_URL


def leads_somewhere(address: str) -> bool:
    """A public page, any other address that this site answers, or one that it redirects."""
    if address.startswith("page:"):
        number = address.removeprefix("page:")
        return number.isdigit() and Page.objects.live().public().filter(pk=int(number)).exists()
    path = unquote(urlsplit(address).path) or "/"
    try:
        found = resolve(path)
    except Resolver404:
        return False
    return found.url_name != "wagtail_serve" or is_page(path) or is_redirected(path)


def is_page(path: str) -> bool:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return False
    whole = f"{site.root_page.url_path}{path.strip('/')}/".replace("//", "/")
    return Page.objects.live().public().filter(url_path=whole).exists()


def is_redirected(path: str) -> bool:
    return Redirect.objects.filter(old_path=Redirect.normalise_path(path)).exists()
