"""Articles and their list."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.search import index

from content.closed import closed_to
from content.keys import key_of, read_key
from content.mailings.choices import Audience, GoesOut
from content.mailings.panel import MAIL_PANEL
from content.pages.article_form import ArticleForm
from content.pages.editing import boxes, titled
from content.pages.public import BodyPage, PublicPage, PublicPageQuerySet
from content.pages.series import parts_ahead, parts_out
from content.pages.sorting import AnnouncedPart, ArticleTag, Author, Series, Tag, Topic
from content.pages.talk import TALK_PANEL, TalkPage

A_PAGE, RELATED = 12, 3


def number_of(shared: models.QuerySet, article: str) -> Any:
    counted = shared.filter(**{article: models.OuterRef("pk")}).order_by().values(article)
    return Coalesce(models.Subquery(counted.annotate(n=models.Count("pk")).values("n")), 0)


class ArticleQuerySet(PublicPageQuerySet):
    def public_ones(self) -> Self:
        """What every visitor may read, newest first."""
        return self.out().exclude(goes_out=GoesOut.LETTER).order_by("-shown_at", "-pk")

    def out(self) -> Self:
        """What is published for everybody, be it a page or a letter that goes by mail only."""
        return self.visible_to(None)

    def knowing_doors(self) -> Self:
        """Each says in `has_doors` whether it or a page above it is closed: for one query less."""
        return self.annotate(has_doors=closed_to())

    def akin_to(self, article: "ArticlePage", *, topics: list[int], tags: list[int]) -> Self:
        """Those that share topics or tags, most first (a tag says more than a topic), without its own series."""
        about, tagged = ArticlePage.topics.through.objects, ArticleTag.objects
        score = number_of(about.filter(topic__in=topics), "articlepage") + 2 * number_of(
            tagged.filter(tag__in=tags), "content_object"
        )
        others = self.exclude(pk=article.pk).exclude(series__isnull=False, series=article.series_id)
        return others.annotate(score=score).filter(score__gt=0).order_by("-score", "-shown_at", "-pk")

    def with_bylines(self) -> Self:
        return self.select_related("series", "cover").prefetch_related("authors")

    def to_read(self) -> Self:
        """With all that the page of one of them needs."""
        portraits = models.Prefetch("authors", Author.objects.select_related("portrait"))
        return self.knowing_doors().select_related("series", "cover").prefetch_related(portraits)

    def before(self, key: tuple[datetime, int] | None) -> Self:
        """Older than the article of this key (see content.keys)."""
        if key is None:
            return self
        moment, number = key
        return self.filter(models.Q(shown_at__lt=moment) | models.Q(shown_at=moment, pk__lt=number))


class ArticleIndexPage(PublicPage):
    introduction = models.CharField(_("introduction"), max_length=250, blank=True)

    page_description = _("The list of all articles. There is one.")
    template = "content/articles.html"
    max_count = 1
    subpage_types = ["content.ArticlePage"]
    content_panels = [*PublicPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of articles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | listing(ArticlePage.objects.public_ones(), request)


class ArticlePage(TalkPage):
    """`shown_at` is the date readers see: the first publication, or an earlier one that the author gives."""

    standfirst = models.TextField(
        _("standfirst"), max_length=400, help_text=_("What it is about, in a sentence or two.")
    )
    authors = ParentalManyToManyField(Author, blank=True, related_name="articles", verbose_name=_("authors"))
    topics = ParentalManyToManyField(Topic, blank=True, related_name="articles", verbose_name=_("topics"))
    tags = ClusterTaggableManager(
        through=ArticleTag, blank=True, verbose_name=_("tags"), help_text=_("Words a reader would look for.")
    )
    series = models.ForeignKey(
        Series, models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name=_("series")
    )
    series_part = models.PositiveSmallIntegerField(_("part"), null=True, blank=True)
    announced_part = models.ForeignKey(
        AnnouncedPart,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("this is the announced part"),
        help_text=_("Takes its place once the article is out, and whoever asked to be told gets a mail."),
    )
    cover = models.ForeignKey(
        "content.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover")
    )
    cover_alt = models.CharField(_("what the cover shows"), max_length=250, blank=True)
    shown_at = models.DateTimeField(_("date"), default=timezone.now, db_index=True)
    updated_at = models.DateTimeField(
        _("updated"),
        null=True,
        blank=True,
        help_text=_("Only when readers should know that it says something new. A corrected slip is no update."),
    )
    goes_out = models.CharField(_("goes out"), max_length=10, choices=GoesOut, default=GoesOut.BOTH)
    mail_to = models.CharField(_("the mail goes to"), max_length=10, choices=Audience, default=Audience.ALL)
    mail_topic = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("the topic they chose")
    )
    is_demo = models.BooleanField(default=False, editable=False)

    objects = PageManager.from_queryset(ArticleQuerySet)()

    base_form_class = ArticleForm
    page_description = _("A story, a report, a how-to: with a byline, and found by its topics.")
    template = "content/article.html"
    parent_page_types = ["content.ArticleIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *titled(_("What it is called"), FieldPanel("standfirst"), FieldPanel("body")),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], _("Cover")),
        MultiFieldPanel([boxes("authors"), boxes("topics"), FieldPanel("tags")], _("By and about")),
        MultiFieldPanel([FieldPanel(name) for name in ("series", "series_part", "announced_part")], _("Series")),
        MAIL_PANEL,
    ]
    settings_panels = [*BodyPage.settings_panels, FieldPanel("shown_at"), FieldPanel("updated_at"), TALK_PANEL]
    search_fields = [*Page.search_fields, index.SearchField("standfirst"), index.SearchField("body")]

    class Meta:
        verbose_name = _("article")

    @property
    def is_letter(self) -> bool:
        return self.goes_out == GoesOut.LETTER

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_letter and not getattr(request, "is_preview", False):
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        topics, tags = self.sorted_by
        akin = ArticlePage.objects.public_ones().akin_to(
            self, topics=[topic.pk for topic in topics], tags=[tag.pk for tag in tags]
        )
        context |= {"bylines": self.bylines, "about": topics, "tags": tags, "related": list(akin[:RELATED])}
        if series := self.series:
            context["parts"] = list(parts_out(series))
            context["announced"] = list(parts_ahead(series))
        return context

    def pictures_beside(self) -> list[Any]:
        return [self.cover, *(author.portrait for author in self.bylines)]

    @cached_property
    def bylines(self) -> list[Author]:
        return list(self.authors.all())

    @cached_property
    def sorted_by(self) -> tuple[list[Topic], list[Tag]]:
        """Its topics and its tags."""
        return list(self.topics.all()), list(self.tags.all())

    @property
    def byline(self) -> str:
        return ", ".join(author.name for author in self.bylines)


def listing(articles: Any, request: HttpRequest) -> dict[str, Any]:
    """One page of a list of articles, by key: `?before=` says where it goes on."""
    found = list(articles.with_bylines().before(read_key(request.GET.get("before", "")))[: A_PAGE + 1])
    shown = found[:A_PAGE]
    more = len(found) > A_PAGE
    return {"pieces": shown, "next_url": f"?before={key_of(shown[-1].shown_at, shown[-1].pk)}" if more else ""}
