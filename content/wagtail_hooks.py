"""The CMS's menus: lists that articles are sorted by, and for stewards the subscribers."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from accounts.roles import is_steward
from content.cms import places
from content.cms.menus import only_what_helps, without_reports
from content.cms.policy import DeskPolicy, choosable_pages
from content.dashboard import hooks as dashboard_hooks  # noqa: F401  (registers what stands on the first page)
from content.links import report  # noqa: F401  (the report of dead links)
from content.mailings import hooks as mailing_hooks  # noqa: F401  (articles by mail)
from content.pagecache import forget
from content.pages.sorting import Author, Series, Tag, Topic
from content.rich_text import LinkToPage
from content.subscriptions import cms as subscribers


class TopicViewSet(SnippetViewSet):
    model, icon, list_display = Topic, "tag", ["name", "description"]


class TagViewSet(SnippetViewSet):
    model, icon, list_display, panels = Tag, "tag", ["name"], [FieldPanel("name"), FieldPanel("slug")]


class AuthorViewSet(SnippetViewSet):
    model, icon, list_display = Author, "user", ["name", "biography"]


class SeriesViewSet(SnippetViewSet):
    model, icon, list_display = Series, "list-ol", ["title", "description"]


class SortingViewSetGroup(SnippetViewSetGroup):
    items = (TopicViewSet, TagViewSet, SeriesViewSet, AuthorViewSet)
    menu_label, menu_icon, menu_order = _("Topics, authors"), "tag", 220


register_snippet(SortingViewSetGroup)


class ForStewards(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_steward(request.user)


@hooks.register("register_admin_urls")
def subscribers_addresses() -> list[URLResolver]:
    return [path("subscribers/", include((subscribers.patterns, "subscribers_cms")))]


@hooks.register("register_admin_menu_item")
def subscribers_in_menu() -> MenuItem:
    address = reverse("subscribers_cms:subscribers")
    return ForStewards(_("Subscribers"), address, name="subscribers", icon_name="mail", order=360)


@hooks.register("insert_global_admin_css")
def own_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms.css"))


hooks.register("before_copy_page", places.refuse_a_taken_copy)
hooks.register("before_move_page", places.refuse_a_taken_place)
register_permission_policy(Page, DeskPolicy())
hooks.register("construct_page_chooser_queryset", choosable_pages)
hooks.register("construct_main_menu", without_reports)
hooks.register("construct_help_menu", only_what_helps)


# After Wagtail's own handler, which it replaces.
@hooks.register("register_rich_text_features", order=10)
def links_to_pages(features: FeatureRegistry) -> None:
    features.register_link_type(LinkToPage)


def show_the_change(*_args: object) -> None:
    """Names, bylines, topics and the organisation stand on pages that visitors share."""
    forget()


for hook in (
    "after_edit_setting",
    "after_create_snippet",
    "after_edit_snippet",
    "after_delete_snippet",
    "after_edit_image",
):
    hooks.register(hook, show_the_change)
