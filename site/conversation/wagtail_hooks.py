"""Comments in the CMS's menu, for editors."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from conversation import moderation
from conversation.permissions import can_moderate

patterns = [
    path("", moderation.moderate, name="moderate"),
    path("decide/", moderation.decide, name="decide"),
    path("log/", moderation.log, name="log"),
    path("rules/", moderation.rules, name="rules"),
    path("rules/<int:barred_id>/unblock/", moderation.unblock, name="unblock"),
    path("<int:comment_id>/approve/", moderation.approve, name="approve"),
    path("<int:comment_id>/remove/", moderation.remove, name="remove"),
]


class ForEditors(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_moderate(request.user)


@hooks.register("register_admin_urls")
def moderation_addresses() -> list[URLResolver]:
    return [path("comments/", include((patterns, "conversation_cms")))]


@hooks.register("register_admin_menu_item")
def comments_in_menu() -> MenuItem:
    address = reverse("conversation_cms:moderate")
    return ForEditors(_("Comments"), address, name="comments", icon_name="comment", order=350)
