"""What stands in the CMS's menus: just what works for whoever looks."""

from django.http import HttpRequest
from wagtail.admin.menu import DismissibleMenuItem, MenuItem

from content.cms.policy import only_writes


def without_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    """Reports are about everybody's pages: they are the editors'."""
    if only_writes(request.user):
        items[:] = [item for item in items if item.name != "reports"]


def only_what_helps(_request: HttpRequest, items: list[MenuItem]) -> None:
    """News of Wagtail's releases are for whoever runs the site; and a badge "1" on its guide is no news at all."""
    items[:] = [plain(item) for item in items if not item.name.startswith("whats-new")]


def plain(item: MenuItem) -> MenuItem:
    if not isinstance(item, DismissibleMenuItem):
        return item
    attrs = {"target": "_blank", "rel": "noreferrer"}
    return MenuItem(item.label, item.url, name=item.name, icon_name=item.icon_name, order=item.order, attrs=attrs)
