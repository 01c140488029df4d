"""The home page."""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from content.addresses import safe_address
from content.pages.articles import ArticlePage
from content.pages.primer import ChapterPage
from content.pages.public import PublicPage


class HomePage(PublicPage):
    """Every sentence on it can be edited; the figures of the gap are those of the study it names."""

    headline = models.CharField(_("headline"), max_length=120)
    lead = models.TextField(_("lead"), max_length=500)
    primary_label = models.CharField(max_length=40)
    primary_address = models.CharField(max_length=200, default="/primer/", validators=[safe_address])
    secondary_label = models.CharField(max_length=40, blank=True)
    secondary_address = models.CharField(max_length=200, blank=True, default="/articles/", validators=[safe_address])
    idea_title = models.CharField(max_length=80)
    idea = RichTextField(_("the idea"), features=["bold", "italic", "link"])
    gap_believed = models.PositiveSmallIntegerField(default=80)
    gap_believed_text = models.CharField(max_length=200)
    gap_agreed = models.PositiveSmallIntegerField(default=8)
    gap_agreed_text = models.CharField(max_length=200)
    gap_source = models.CharField(max_length=250)
    band_title = models.CharField(max_length=120)
    band_text = models.CharField(max_length=250, blank=True)
    articles_title = models.CharField(max_length=80)
    articles_text = models.CharField(max_length=200, blank=True)
    letter_title = models.CharField(max_length=120)
    letter_text = models.CharField(max_length=250, blank=True)

    template = "content/home.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [
        *PublicPage.content_panels,
        MultiFieldPanel([FieldPanel("headline"), FieldPanel("lead")], _("Opening")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("primary_label", "primary_address", "secondary_label", "secondary_address")],
            _("Buttons"),
        ),
        MultiFieldPanel([FieldPanel("idea_title"), FieldPanel("idea")], _("The idea")),
        MultiFieldPanel(
            [FieldPanel(f"gap_{name}") for name in ("believed", "believed_text", "agreed", "agreed_text", "source")],
            _("The gap"),
        ),
        MultiFieldPanel([FieldPanel("band_title"), FieldPanel("band_text")], _("The primer’s band")),
        MultiFieldPanel([FieldPanel("articles_title"), FieldPanel("articles_text")], _("Articles")),
        MultiFieldPanel([FieldPanel("letter_title"), FieldPanel("letter_text")], _("The letter")),
    ]

    class Meta:
        verbose_name = _("home page")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page at once instead of walking down the tree, which asks twice for each level."""
        if not path_components:
            return RouteResult(get_object_or_404(HomePage.objects.live(), pk=self.pk))  # all requests share `self`
        is_article = len(path_components) == 2 and path_components[0] == "articles"
        pages = ArticlePage.objects.to_read() if is_article else Page.objects.specific()
        address = f"{self.url_path}{'/'.join(path_components)}/"
        page = pages.live().filter(slug=path_components[-1], url_path=address).first()
        if page is None:
            raise Http404
        return RouteResult(page)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["chapters"] = list(ChapterPage.objects.live().order_by("path")[:4])
        context["pieces"] = list(ArticlePage.objects.public_ones().with_bylines()[:4])
        return context
