"""The home page."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from content.addresses import safe_address
from content.pages.articles import ArticlePage
from content.pages.editing import group, titled
from content.pages.primer import ChapterPage
from content.pages.public import PublicPage
from content.wordpress.old_addresses import by_number

AN_ADDRESS = _("A page of this site (/…) or a full https:// address.")
A_SENTENCE = _("A sentence. May be left empty.")
IN_A_HUNDRED = MaxValueValidator(100)


class HomePage(PublicPage):
    """Every sentence on it can be edited; the figures of the gap are those of the study it names."""

    headline = models.CharField(
        _("headline"),
        max_length=120,
        help_text=_("The largest words of the site. Up to about 40 characters look best."),
    )
    lead = models.TextField(
        _("lead"), max_length=500, help_text=_("Two or three sentences: who you are and what you do.")
    )
    primary_label = models.CharField(_("words on the button"), max_length=40)
    primary_address = models.CharField(
        _("where it leads"), max_length=200, default="/primer/", validators=[safe_address], help_text=AN_ADDRESS
    )
    secondary_label = models.CharField(
        _("words of the link beside it"), max_length=40, blank=True, help_text=_("Left empty, there is no second link.")
    )
    secondary_address = models.CharField(
        _("where the link leads"),
        max_length=200,
        blank=True,
        default="/articles/",
        validators=[safe_address],
        help_text=AN_ADDRESS,
    )
    idea_title = models.CharField(_("heading"), max_length=80)
    idea = RichTextField(
        _("the idea"),
        features=["bold", "italic", "link"],
        help_text=_("What you believe, for somebody who has never heard of it. Three short paragraphs."),
    )
    gap_believed = models.PositiveSmallIntegerField(
        _("first figure"), default=80, validators=[IN_A_HUNDRED], help_text=_("Of a hundred who were asked.")
    )
    gap_believed_text = models.CharField(_("what it says"), max_length=200)
    gap_agreed = models.PositiveSmallIntegerField(
        _("second figure"), default=8, validators=[IN_A_HUNDRED], help_text=_("Of a hundred who were asked.")
    )
    gap_agreed_text = models.CharField(_("what the second figure says"), max_length=200)
    gap_source = models.CharField(
        _("source"),
        max_length=250,
        help_text=_("Which study the two figures are from, so that anybody can check them."),
    )
    band_title = models.CharField(_("heading of the band"), max_length=120)
    band_text = models.CharField(_("text of the band"), max_length=250, blank=True, help_text=A_SENTENCE)
    articles_title = models.CharField(_("heading above the articles"), max_length=80)
    articles_text = models.CharField(_("text beside them"), max_length=200, blank=True, help_text=A_SENTENCE)
    letter_title = models.CharField(_("heading of the letter"), max_length=120)
    letter_text = models.CharField(_("what subscribers get"), max_length=250, blank=True, help_text=A_SENTENCE)

    template = "content/home.html"
    page_description = _("The first page of the site: opening, idea, primer, latest articles, letter.")
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    content_panels = titled(
        _("Home"),
        group(_("Opening"), "headline", "lead"),
        group(_("Where it leads"), "primary_label", "primary_address", "secondary_label", "secondary_address"),
        group(_("The idea"), "idea_title", "idea"),
        group(
            _("The gap: two figures of one study"),
            *(f"gap_{name}" for name in ("believed", "believed_text", "agreed", "agreed_text", "source")),
            help_text=_("What those who serve believe, beside what those who are served say."),
        ),
        group(
            _("The primer’s band"),
            "band_title",
            "band_text",
            help_text=_("Below it stand the first four chapters, with their own titles and summaries."),
        ),
        group(
            _("Articles"), "articles_title", "articles_text", help_text=_("The four latest stand here by themselves.")
        ),
        group(_("The letter"), "letter_title", "letter_text", help_text=_("Above the button for subscribing.")),
    )

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

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return by_number(request) or super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["chapters"] = list(ChapterPage.objects.visible_to(request.user).order_by("path")[:4])
        context["pieces"] = list(ArticlePage.objects.public_ones().with_bylines()[:4])
        return context
