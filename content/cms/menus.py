"""What stands in the CMS's menus: just what works for whoever looks."""

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from content.cms.policy import only_writes


def without_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    """Reports are about everybody's pages: they are the editors'."""
    if only_writes(request.user):
        items[:] = [item for item in items if item.name != "reports"]


def without_news_of_wagtail(_request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if not item.name.startswith("whats-new")]
