"""The demo organisation's articles, with covers drawn here."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Protocol

from django.utils import timezone

from content.covers import draw
from content.images import Picture
from content.markdown_pages import blocks_of
from content.pages.articles import ArticleIndexPage, ArticlePage
from content.pages.sorting import AnnouncedPart, Author, Series, Tag, Topic


class Person(Protocol):
    """Whoever may stand behind a byline: a name, a role, a login."""

    name: str
    role: str
    user_id: int


class Text(Protocol):
    """A Markdown file with front matter, as python-frontmatter reads it."""

    content: str

    def __getitem__(self, name: str) -> Any: ...
    def get(self, key: str, default: Any = None) -> Any: ...


def add_articles(
    *,
    articles: Sequence[Text],
    topics: list[dict[str, Any]],
    series: list[dict[str, Any]],
    allies: Sequence[Person],
) -> None:
    """Publishes them at dates in the past, without a mail to anybody."""
    known = {row["slug"]: Topic.objects.create(is_demo=True, **row) for row in topics}
    runs = {row["slug"]: add_series(row) for row in series}
    bylines = add_bylines(articles, {ally.name: ally for ally in allies})
    index = ArticleIndexPage.objects.get()
    for text in sorted(articles, key=lambda post: -post["days_ago"]):
        page = article_of(text, runs)
        index.add_child(instance=page)
        page.authors.set([bylines[name] for name in text["authors"]])
        page.topics.set([known[slug] for slug in text["topics"]])
        page.tags.set([Tag.objects.get_or_create(name=name, defaults={"is_demo": True})[0] for name in tags_of(text)])
        page.save()
        page.save_revision().publish()
        index.refresh_from_db()


def tags_of(text: Text) -> list[str]:
    return text.get("tags") or []


def article_of(text: Text, runs: dict[str, Series]) -> ArticlePage:
    return ArticlePage(
        title=text["title"],
        slug=text["slug"],
        standfirst=text["standfirst"],
        summary=text["standfirst"][:300],
        search_description=text["standfirst"],
        body=blocks_of(text.content),
        series=runs.get(text.get("series") or ""),
        series_part=text.get("series_part"),
        cover=add_cover(text),
        cover_alt=text.get("cover_alt", ""),
        shown_at=timezone.now() - timedelta(days=text["days_ago"]),
        updated_at=timezone.now() - timedelta(days=text["updated_days_ago"]) if text.get("updated_days_ago") else None,
        is_demo=True,
    )


def add_cover(text: Text) -> Picture:
    return Picture.objects.create(
        title=text["title"],
        description=text.get("cover_alt", ""),
        file=draw(text["cover"], name=text["slug"]),
        is_demo=True,
    )


def add_bylines(articles: Sequence[Text], people: dict[str, Person]) -> dict[str, Author]:
    names = sorted({name for text in articles for name in text["authors"]})
    slugs = {name: name.lower().replace(" ", "-").encode("ascii", "ignore").decode() for name in names}
    return {
        name: Author.objects.create(
            name=name,
            slug=slugs[name],
            biography=people[name].role if name in people else "",
            user_id=people[name].user_id if name in people else None,
            is_demo=True,
        )
        for name in names
    }


def add_series(row: dict[str, Any]) -> Series:
    series = Series.objects.create(title=row["name"], slug=row["slug"], description=row["description"], is_demo=True)
    for part in row["parts"]:
        if "article" not in part:
            expected = date.today() + timedelta(days=part["in_days"])
            AnnouncedPart.objects.create(series=series, title=part["title"], by=part.get("by", ""), expected=expected)
    return series


def remove() -> None:
    for page in ArticlePage.objects.filter(is_demo=True):
        page.delete()
    for model in (Series, Author, Topic, Tag):
        model.objects.filter(is_demo=True).delete()
    for picture in Picture.objects.filter(is_demo=True):
        picture.delete()  # its file goes with it, by Wagtail's own task
