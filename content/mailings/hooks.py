"""Articles by mail in the CMS's menu, for editors."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from content.mailings import views, views_before
from content.mailings.permissions import can_mail

patterns = [
    path("", views.mailings, name="mailings"),
    path("<int:mailing_id>/", views.mailing, name="mailing"),
    path("<int:mailing_id>/stop/", views.stop_mailing, name="stop_mailing"),
    path("<int:mailing_id>/take-up/", views.take_up_mailing, name="take_up_mailing"),
    path("of/<int:page_id>/", views_before.preview, name="preview"),
    path("of/<int:page_id>/mail/", views_before.preview_page, name="preview_page"),
    path("of/<int:page_id>/test/", views_before.send_test, name="send_test"),
    path("of/<int:page_id>/publish/", views_before.confirm, name="confirm"),
]


class ForWhoMayMail(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_mail(request.user)


hooks.register("before_publish_page", views_before.ask_before_it_is_mailed)
hooks.register("before_bulk_action", views_before.ask_before_many_are_mailed)
hooks.register("after_edit_page", views_before.ask_after_approval)


@hooks.register("register_admin_urls")
def mailing_addresses() -> list[URLResolver]:
    return [path("mailings/", include((patterns, "mailings_cms")))]


@hooks.register("register_admin_menu_item")
def mailings_in_menu() -> MenuItem:
    return ForWhoMayMail(
        _("Articles by mail"), reverse("mailings_cms:mailings"), name="mailings", icon_name="mail", order=340
    )
