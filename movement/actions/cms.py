"""Ideas as a snippet: stewards write them, everybody tries them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from movement.actions.models import Idea


class IdeaViewSet(SnippetViewSet):
    model = Idea
    icon = "pick"
    menu_label = _("Ideas")
    menu_order = 220
    add_to_admin_menu = True
    list_display = ["title", "kind", "role", "minutes", "is_published"]
    list_filter = ["kind", "role", "effort", "is_published"]
    search_fields = ["title", "text"]
    panels = [
        FieldPanel(name) for name in ("title", "slug", "text", "kind", "role", "effort", "minutes", "is_published")
    ]
