"""One post becomes one page, or changes the page it became before."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, count
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page

from content.addresses import belongs_to_the_site
from content.pages.articles import ArticleIndexPage, ArticlePage
from content.pages.home import HomePage
from content.pages.standard import StandardPage
from content.publishing import page_unpublished
from content.wordpress.converting import Surroundings, blocks_of, first_words, plain_words
from content.wordpress.media import Media
from content.wordpress.models import Imported
from content.wordpress.report import Report
from content.wordpress.sorting import Sorting
from content.wordpress.survey import Survey
from content.wordpress.wxr import Item

TITLE, STANDFIRST, SUMMARY = 255, 400, 300
#: How a link to a post that has no page yet is written until all have one.
LATER = "wp"
SEO = ("_yoast_wpseo_title", "rank_math_title", "_aioseo_title")
SEARCH = ("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description")


@dataclass
class Placing:
    survey: Survey
    media: Media
    sorting: Sorting
    report: Report
    now: datetime = field(default_factory=timezone.now)
    #: Pages by the post's number, and those that link to posts which had no page yet.
    pages: dict[int, int] = field(default_factory=dict)
    unfinished: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.home, self.articles = HomePage.objects.get(), ArticleIndexPage.objects.get()

    def place(self, item: Item, known: Imported | None) -> Any:
        """The page, written; `known` says which it was. It is neither announced nor indexed."""
        model = ArticlePage if item.kind == "post" else StandardPage
        page = model.objects.filter(pk=known.target).first() if known else None
        is_new = page is None
        page = page or model()
        was_live = page.live and not is_new
        self.fill(page, item)
        if is_new:
            parent = self.articles if model is ArticlePage else self.above(item)
            page.slug, page.live = free_slug(parent, item), False
            parent.refresh_from_db(fields=["numchild", "path"])
            parent.add_child(instance=page)
        else:
            page.save(clean=False)
        self.publish(page, item, was_live)
        return page

    def above(self, item: Item) -> Page:
        """The page that it stood below, if that has been placed before it."""
        number = self.pages.get(item.parent)
        found = StandardPage.objects.filter(pk=number).first() if number else None
        if item.parent and not found:
            self.report.note(item.label, "the page above it comes later or not at all: it stands below the home page")
        return found or self.home

    def fill(self, page: Any, item: Item) -> None:
        def note(what: str) -> None:
            self.report.note(item.label, what)

        body = blocks_of(item.content, self.surroundings(note))
        page.title = page.draft_title = (item.title or first_words(body, 60) or f"Untitled {item.number}")[:TITLE]
        page.body = json.dumps(body)
        said = plain_words(item.excerpt)
        page.summary = (said or first_words(body, 200))[:SUMMARY]
        page.search_description = next((item.meta[key] for key in SEARCH if item.meta.get(key)), "")
        titles = (item.meta.get(key, "") for key in SEO)
        page.seo_title = next((title[:TITLE] for title in titles if title and "%" not in title), "")
        if isinstance(page, ArticlePage):
            self.fill_article(page, item, said or first_words(body, 200), note)

    def fill_article(self, page: ArticlePage, item: Item, said: str, note: Any) -> None:
        page.standfirst = said if len(said) <= STANDFIRST else said[: STANDFIRST - 1].rsplit(" ", 1)[0] + "…"
        page.shown_at = item.date or page.first_published_at or self.now
        if item.date is None and item.status == "publish":
            note("it has no date that can be read: today’s is shown")
        author = self.sorting.author(item)
        if author is None:
            note("it has no author with a name: no byline")
        page.authors = [author] if author else []
        page.topics = self.sorting.topics(item)
        page.series, page.series_part = self.sorting.series(item)
        if hasattr(page, "tags"):
            page.tags.set(self.sorting.tags(item))
        page.cover_id, page.cover_alt = None, ""
        thumbnail = item.meta.get("_thumbnail_id", "")
        if thumbnail.isdigit():
            if found := self.media.picture(int(thumbnail), "", note):
                page.cover_id, page.cover_alt = found[0], found[1][:250]
            else:
                note(f"its cover (picture {thumbnail}) is not in the media folder")

    def surroundings(self, note: Any) -> Surroundings:
        return Surroundings(
            picture=lambda number, address: self.media.picture(number, address, note),
            link=lambda address: self.link(address, note),
            note=note,
        )

    def link(self, address: str, note: Any) -> str | None:
        """Our page for an address of the old site; other addresses stay."""
        if address.startswith(("#", "mailto:", "tel:")):
            return address
        if post := self.survey.post_at(address):
            number = self.pages.get(post)
            return f"page:{number}" if number else f"page:{LATER}{post}"
        if self.survey.attachment_at(address) or "/wp-content/uploads/" in address:
            note(f"a link leads to a file of the old site: {address}")
        return f"{self.survey.head.site}{address}" if address.startswith("/") and self.survey.head.site else address

    def publish(self, page: Any, item: Item, was_live: bool) -> None:
        """What the CMS's button does, without telling anybody."""
        status = status_of(item, self.now)
        if was_live and status != "live":
            page_unpublished(instance=page)
        go_live = item.date if status == "scheduled" else None
        page.live, page.go_live_at = status == "live", go_live
        if status == "live":
            page.first_published_at = page.first_published_at or item.date or self.now
            page.last_published_at = max(item.modified or page.first_published_at, page.first_published_at)
        page.has_unpublished_changes = status != "live"
        revision = page.save_revision(clean=False, approved_go_live_at=go_live)
        Page.objects.filter(pk=page.pk).update(
            live=page.live,
            go_live_at=go_live,
            has_unpublished_changes=status != "live",
            live_revision=revision if status == "live" else None,
            first_published_at=page.first_published_at,
            last_published_at=page.last_published_at,
        )
        self.report.count({"live": "published", "scheduled": "scheduled", "draft": "drafts"}[status])
        for reason in why_draft(item):
            self.report.note(item.label, reason)
        if f'id=\\"{LATER}' in json.dumps(page.body.get_prep_value()):
            self.unfinished.add(page.pk)


def status_of(item: Item, now: datetime) -> str:
    if item.is_locked or item.status not in ("publish", "future"):
        return "draft"
    return "scheduled" if item.status == "future" and item.date and item.date > now else "live"


def why_draft(item: Item) -> list[str]:
    said = []
    if item.is_locked:
        said.append("it asked for a password: it is a draft here")
    if item.status not in ("publish", "future", "draft"):
        said.append(f"its status was “{item.status}”: it is a draft here")
    return said


def free_slug(parent: Page, item: Item) -> str:
    """Its own, unless another page or another part of this site has the address."""
    wanted = slugify(item.slug, allow_unicode=True) or slugify(item.title, allow_unicode=True) or f"post-{item.number}"
    wanted = wanted[:240]
    taken = set(
        parent.get_children().filter(Q(slug=wanted) | Q(slug__startswith=f"{wanted}-")).values_list("slug", flat=True)
    )
    below = parent.url_path.split("/", 2)[2]
    tries = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
    return next(slug for slug in tries if slug not in taken and not belongs_to_the_site(f"{below}{slug}/"))
