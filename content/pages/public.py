"""What every public page has in common: an address, a reading time, and being the same for every visitor."""

from math import ceil
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.utils.decorators import cached_classmethod

from content.blocks import AFTER_THE_TEXT, BodyBlock
from content.pagecache import public
from content.pages.editing import ADDRESS_AND_SEARCH, tabs_of

WORDS_A_MINUTE = 220


class PublicPage(Page):
    """Visitors without a session share one copy of it (see content.pagecache).

    `is_reading`: there is something to read on it, so that opening it is counted (see content.reads).
    """

    is_reading = False
    promote_panels = ADDRESS_AND_SEARCH

    @cached_classmethod
    def get_edit_handler(cls) -> Any:
        return tabs_of(cls).bind_to_model(cls)

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """The path below the home page, without a question to the database: one deployment has one site."""
        return "/" + self.url_path.split("/", 2)[2]

    def get_view_restrictions(self) -> Any:
        """Asked by Wagtail before serving and by the talk below: one query for both, on this page and those above."""
        if not hasattr(self, "_restrictions"):
            lengths = range(self.steplen, len(self.path) + 1, self.steplen)
            paths = [self.path[:length] for length in lengths]
            here = models.Q(page__path__in=paths) | models.Q(page__aliases__path__in=paths)
            self._restrictions = PageViewRestriction.objects.filter(here).distinct()
        return self._restrictions

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_read = self.is_reading and not getattr(request, "is_preview", False)
        return public(super().serve(request, *args, **kwargs).render(), read=self.pk if is_read else None)


class BodyPage(PublicPage):
    """A page with a body of blocks. `minutes` is counted when it is saved."""

    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One or two sentences, for lists and search.")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    minutes = models.PositiveSmallIntegerField(default=1, editable=False)
    is_reading = True

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.minutes = reading_minutes(self.body)
        return super().save(*args, **kwargs)

    @property
    def search_text(self) -> str:
        return plain_text(self.body)

    @property
    def reading(self) -> list[Any]:
        """The blocks of the column."""
        return [block for block in self.body if block.block_type not in AFTER_THE_TEXT]

    @property
    def afterwards(self) -> list[Any]:
        return [block for block in self.body if block.block_type in AFTER_THE_TEXT]


def plain_text(body: Any) -> str:
    """The words of a body, for search and counting."""
    return " ".join(" ".join(block.block.get_searchable_content(block.value)) for block in body)


def reading_minutes(body: Any) -> int:
    return max(1, ceil(len(strip_tags(plain_text(body)).split()) / WORDS_A_MINUTE))
