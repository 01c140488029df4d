"""The report of dead links in the CMS."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from content.links.models import Link, LinkCheck

POLICY = ModelPermissionPolicy(LinkCheck)


class DeadLinksView(ReportView):
    page_title, header_icon, model = _("Dead links"), "link", Link
    permission_policy, permission_required = POLICY, "view"
    index_url_name, index_results_url_name = "dead_links", "dead_links_results"
    is_searchable = False
    export_headings = {"page.title": _("Page"), "title": _("Link"), "since": _("Since"), "why": _("What is wrong")}
    list_export = ["page.title", "title", "address", "since", "why"]
    columns = [
        TitleColumn(
            "page",
            label=_("Page"),
            accessor="page.title",
            get_url=lambda link: reverse("wagtailadmin_pages:edit", args=[link.page_id]),
        ),
        Column("title", label=_("Link")),
        Column("address", label=_("Address")),
        Column("since", label=_("Since")),
        Column("why", label=_("What is wrong: it …")),
    ]

    def get_queryset(self) -> QuerySet[Link]:
        return dead_links()

    def get_base_queryset(self) -> QuerySet[Link]:
        return dead_links()


def dead_links() -> QuerySet[Link]:
    """For the report and the dashboard: each link with its page, `since` when and `why`."""
    return Link.objects.public_ones().dead().select_related("page")


class DeadLinksMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return POLICY.user_has_permission(request.user, "view")


@hooks.register("register_admin_urls")
def report_urls() -> list[Any]:
    return [
        path("reports/dead-links/", DeadLinksView.as_view(), name="dead_links"),
        path("reports/dead-links/results/", DeadLinksView.as_view(results_only=True), name="dead_links_results"),
    ]


@hooks.register("register_reports_menu_item")
def report_menu_item() -> DeadLinksMenuItem:
    return DeadLinksMenuItem(_("Dead links"), reverse("dead_links"), name="dead-links", icon_name="link", order=1200)
