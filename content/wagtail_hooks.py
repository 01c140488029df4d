"""The CMS's menus: lists that articles are sorted by, and subscribers counted, never listed by address."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from content.cms.menus import without_news_of_wagtail, without_reports
from content.cms.policy import DeskPolicy, choosable_pages
from content.dashboard import hooks as dashboard_hooks  # noqa: F401  (registers what stands on the first page)
from content.links import report  # noqa: F401  (the report of dead links)
from content.pagecache import forget
from content.pages.sorting import Author, Series, Tag, Topic
from content.rich_text import LinkToPage


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
    menu_label, menu_icon, menu_order = _("Topics, series, authors"), "tag", 220


register_snippet(SortingViewSetGroup)


@hooks.register("insert_global_admin_css")
def own_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms.css"))


register_permission_policy(Page, DeskPolicy())
hooks.register("construct_page_chooser_queryset", choosable_pages)
hooks.register("construct_main_menu", without_reports)
hooks.register("construct_help_menu", without_news_of_wagtail)


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
