"""The CMS's menus: lists that articles are sorted by, and subscribers counted, never listed by address."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from content.dashboard import hooks as dashboard_hooks  # noqa: F401  (registers what stands on the first page)
from content.pagecache import forget
from content.pages.sorting import Author, Series, Topic


class TopicViewSet(SnippetViewSet):
    model, icon, list_display = Topic, "tag", ["name", "description"]


class AuthorViewSet(SnippetViewSet):
    model, icon, list_display = Author, "user", ["name", "biography"]


class SeriesViewSet(SnippetViewSet):
    model, icon, list_display = Series, "list-ol", ["title", "description"]


class SortingViewSetGroup(SnippetViewSetGroup):
    items = (TopicViewSet, SeriesViewSet, AuthorViewSet)
    menu_label, menu_icon, menu_order = _("Topics, series, authors"), "tag", 220


register_snippet(SortingViewSetGroup)


@hooks.register("insert_global_admin_css")
def own_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms.css"))


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
