"""What every public page has in common: an address, a reading time, and being the same for every visitor."""

from math import ceil
from typing import Any, Self

from csp.constants import SELF
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.utils.decorators import cached_classmethod

from content.at_hand import pictures_of
from content.blocks import BodyBlock
from content.closed import closed_to
from content.cms.forms import PublicPageForm
from content.cms.policy import DeskPermissions
from content.pagecache import public
from content.pages.editing import ADDRESS_AND_SEARCH, tabs_of
from content.reading import Reading, read

WORDS_A_MINUTE = 220


class PublicPageQuerySet(PageQuerySet):
    def visible_to(self, user: Any) -> Self:
        """What may be named to this person on a list; None is a visitor."""
        return self.live().filter(~closed_to(user))


class PublicPage(Page):
    """Visitors without a session share one copy of it (see content.pagecache).

    `is_reading`: there is something to read on it, so that opening it is counted (see content.reads).
    """

    is_reading = False
    promote_panels = ADDRESS_AND_SEARCH

    @cached_classmethod
    def get_edit_handler(cls) -> Any:
        return tabs_of(cls).bind_to_model(cls)

    base_form_class = PublicPageForm

    class Meta:
        abstract = True

    @property
    def is_letter(self) -> bool:
        """Published, and yet no page: it goes by mail only."""
        return False

    def get_absolute_url(self) -> str:
        """The path below the home page, without a question to the database: one deployment has one site."""
        return "/" + self.url_path.split("/", 2)[2]

    def get_view_restrictions(self) -> Any:
        """Asked by Wagtail before serving and by the talk below: one query for both, on this page and those above."""
        if not hasattr(self, "_restrictions"):
            lengths = range(self.steplen, len(self.path) + 1, self.steplen)
            paths = [self.path[:length] for length in lengths]
            here = models.Q(page__path__in=paths) | models.Q(page__aliases__path__in=paths)
            doors = PageViewRestriction.objects
            # An article that was found together with its doors says so (see ArticleQuerySet.knowing_doors).
            self._restrictions = doors.filter(here).distinct() if getattr(self, "has_doors", True) else doors.none()
        return self._restrictions

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Until its change is out, a published page goes by its published title in every list of the CMS."""
        if self.live and self.pk:
            new, fields = self.title, kwargs.get("update_fields")
            written = fields is None or "title" in fields
            self.draft_title = new if written else Page.objects.values_list("title", flat=True).get(pk=self.pk)
        return super().save(*args, **kwargs)

    def permissions_for_user(self, user: Any) -> DeskPermissions:
        return DeskPermissions(user, self)

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

    @cached_property
    def reading(self) -> Reading:
        """The body as readers see it."""
        with pictures_of([self.body], beside=self.pictures_beside()):
            return read(self.body)

    def pictures_beside(self) -> list[Any]:
        """Pictures that this page shows outside of its body."""
        return []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.reading  # noqa: B018  (first of all: it fetches the pictures that the head of the page asks for, too)
        return super().get_context(request, *args, **kwargs)  # type: ignore[no-any-return]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A page with a film from elsewhere may frame that one host, once a reader asks for the film."""
        response = super().serve(request, *args, **kwargs)
        if origins := self.reading.origins:
            response._csp_update = {"frame-src": [SELF, *origins]}  # type: ignore[attr-defined]  # django-csp reads it
        return response


def plain_text(body: Any) -> str:
    """The words of a body, for search and counting."""
    return " ".join(" ".join(block.block.get_searchable_content(block.value)) for block in body)


def reading_minutes(body: Any) -> int:
    return max(1, ceil(len(strip_tags(plain_text(body)).split()) / WORDS_A_MINUTE))
