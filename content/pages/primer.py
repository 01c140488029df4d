"""The primer: chapters in order, each of which ends in something to do."""

import time
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.search import index

from content.addresses import safe_address
from content.pages.public import BodyPage, PublicPageQuerySet
from content.pages.talk import TALK_PANEL, TalkPage
from content.progress.walk import walk_of


class PrimerPage(BodyPage):
    page_description = _("The way in: what comes before its chapters.")
    template = "content/primer.html"
    max_count = 1
    subpage_types = ["content.ChapterPage"]
    content_panels = [*BodyPage.content_panels, FieldPanel("summary"), FieldPanel("body")]

    class Meta:
        verbose_name = _("primer")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["chapters"] = chapters_of(self, request.user)
        context["walk"] = walk_of(request.user, context["chapters"])
        return context


class ChapterPage(TalkPage):
    ends_in = models.CharField(
        _("ends in"), max_length=80, blank=True, help_text=_("For example: your own definition.")
    )
    exercise_title = models.CharField(_("exercise"), max_length=120, blank=True)
    exercise_text = models.TextField(_("how"), max_length=500, blank=True)
    exercise_label = models.CharField(_("words on the button"), max_length=40, blank=True)
    exercise_address = models.CharField(_("where it leads"), max_length=200, blank=True, validators=[safe_address])

    objects = PageManager.from_queryset(PublicPageQuerySet)()

    page_description = _("A chapter of the primer; it ends in something to do.")
    template = "content/chapter.html"
    parent_page_types = ["content.PrimerPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BodyPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("ends_in"),
        MultiFieldPanel(
            [FieldPanel(f"exercise_{part}") for part in ("title", "text", "label", "address")], _("Exercise")
        ),
    ]
    settings_panels = [*BodyPage.settings_panels, TALK_PANEL]
    search_fields = [*BodyPage.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("chapter")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        chapters = chapters_of(self.get_parent(), request.user)
        numbers = [chapter.pk for chapter in chapters]
        here = numbers.index(self.pk) if self.pk in numbers else len(numbers)
        walk = walk_of(request.user, chapters, here=self)
        context |= {
            "chapters": chapters,
            "walk": walk,
            "stop": walk.here,
            "opened": int(time.time()) if walk.is_kept else None,
            "above": (_("The primer"), "/primer/"),
            "number": here + 1,
            "before": chapters[here - 1] if here else None,
            "next": chapters[here + 1] if here + 1 < len(chapters) else None,
        }
        return context


def chapters_of(primer: Any, reader: Any) -> list[ChapterPage]:
    """Those that this reader may open, in the order they have in the CMS."""
    return list(ChapterPage.objects.child_of(primer).visible_to(reader).order_by("path"))
