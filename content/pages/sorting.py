"""By what articles are found: topics, series, and the people who wrote them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from accounts.roles import ROLES

#: Who can be chosen for a byline: people of the CMS, and who has one. The form must not list everybody who signs in.
WRITERS = models.Q(groups__name__in=ROLES) | models.Q(bylines__isnull=False)


class Topic(models.Model):
    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    description = models.CharField(_("description"), max_length=200, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("topic"), _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("content:topic", args=[self.slug])


class Tag(TagBase):
    """A word that authors give their articles; an article may have several, beside its topics."""

    is_demo = models.BooleanField(default=False, editable=False)

    free_tagging = True

    class Meta:
        verbose_name, verbose_name_plural = _("tag"), _("tags")
        ordering = ["name"]

    def get_absolute_url(self) -> str:
        return reverse("content:tag", args=[self.slug])

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Never empty, whatever the tag is written in."""
        return (slugify(tag, allow_unicode=True) or "tag") + (f"-{i}" if i else "")


class Author(models.Model):
    """A byline. `user` is who may call the articles their own; the name is the one they write under."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    biography = models.CharField(_("short biography"), max_length=300, blank=True)
    portrait = models.ForeignKey(
        "content.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("portrait")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="bylines",
        limit_choices_to=WRITERS,
    )
    is_demo = models.BooleanField(default=False, editable=False)

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("biography"),
        FieldPanel("portrait"),
        FieldPanel("user"),
    ]

    class Meta:
        verbose_name, verbose_name_plural = _("author"), _("authors")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("content:author", args=[self.slug])


class ArticleTag(ItemBase):
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged")
    content_object = ParentalKey("content.ArticlePage", on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        unique_together = (("tag", "content_object"),)


class Series(ClusterableModel):
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    description = models.CharField(_("description"), max_length=250, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("description"),
        InlinePanel("announced", label=_("announced part")),
    ]

    class Meta:
        verbose_name, verbose_name_plural = _("series"), _("series")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("content:series", args=[self.slug])


class SaidPanel(FieldPanel):
    """Shows what a property says. Wagtail's own looks for a field of that name."""

    def format_value_for_display(self, value: Any) -> str:
        return str(value)


class AnnouncedPart(Orderable):
    """A part that isn't written yet."""

    series = ParentalKey(Series, on_delete=models.CASCADE, related_name="announced")
    title = models.CharField(_("title"), max_length=160)
    by = models.CharField(_("by"), max_length=80, blank=True)
    expected = models.DateField(_("expected in the month of"))

    panels = [
        FieldPanel("title"),
        FieldPanel("by"),
        FieldPanel("expected"),
        SaidPanel("waiting", heading=_("Waiting for it"), help_text=_("How many asked to be told."), read_only=True),
    ]

    def __str__(self) -> str:
        return self.title

    @property
    def waiting(self) -> int:
        """How many confirmed that they want to hear of it; for editors only, and never who."""
        wishes = self.wishes.filter(confirmed_at__isnull=False) if self.pk else None  # type: ignore[attr-defined]
        return wishes.count() if wishes is not None else 0
