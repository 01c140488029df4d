"""The pool of questions as a snippet: stewards add to it. What a pulse has asked stays as it was asked."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from movement.pulse.models import Question


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = _("Pulse questions")
    menu_order = 231
    add_to_admin_menu = True
    list_display = ["topic", "is_offered"]
    list_filter = ["is_offered"]
    search_fields = ["topic", "serving", "served"]
    panels = [FieldPanel(name) for name in ("topic", "serving", "served", "is_offered")]
