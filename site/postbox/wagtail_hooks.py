"""Addresses that mail does not reach, in the CMS's reports, for stewards."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.roles import is_steward
from postbox.bounces import views

patterns = [
    path("", views.suppressed, name="suppressed"),
    path("let-in/", views.let_in_again, name="let_in_again"),
]


class ForStewards(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_steward(request.user)


@hooks.register("register_admin_urls")
def bounce_addresses() -> list[URLResolver]:
    return [path("unreached/", include((patterns, "bounces_cms")))]


@hooks.register("register_reports_menu_item")
def unreached_in_menu() -> MenuItem:
    address = reverse("bounces_cms:suppressed")
    return ForStewards(_("Unreached addresses"), address, name="unreached", icon_name="mail", order=1300)
