"""Addresses at which readers would find another part of the site than the page that is put there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.addresses import belongs_to_the_site


def taken_place(parent: Page, slug: str) -> str:
    """What is to be said of a page with this slug below `parent`; nothing where it may stand."""
    path = f"{parent.url_path.split('/', 2)[2] if parent.depth > 1 else ''}{slug}/"
    if not belongs_to_the_site(path):
        return ""
    return _("/%(path)s is a part of this site already. Choose another slug.") % {"path": path}


def refuse_a_taken_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail's form for a copy has no door of its own, and its view believes that a page was chosen."""
    if request.method != "POST":
        return None
    number = request.POST.get("new_parent_page", "")
    known = number.isascii() and number.isdigit() and len(number) < 19
    parent = Page.objects.filter(pk=number).first() if known else None
    taken = taken_place(parent, request.POST.get("new_slug", "")) if parent else _("Choose where the copy shall stand.")
    if not taken:
        return None
    messages.error(request, taken)
    return redirect("wagtailadmin_pages:copy", page.pk)


def refuse_a_taken_place(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    taken = taken_place(destination, page.slug) if request.method == "POST" else ""
    if not taken:
        return None
    messages.error(request, taken)
    return redirect("wagtailadmin_pages:move", page.pk)
