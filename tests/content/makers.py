"""Articles for tests, made the way the CMS makes them."""

from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from content.images import Picture
from content.markdown_pages import blocks_of
from content.pages.articles import ArticleIndexPage, ArticlePage
from content.pages.sorting import AnnouncedPart, Author, Series, Topic

TEXT = """First words about service.

:::pull
One sentence, drawn large.
:::

More words.

:::resource
title: The first chapter
address: /primer/get-clear/
good_for: saying it in one breath
:::
"""


def make_article(
    title: str = "Page four", *, live: bool = True, topics: tuple[str, ...] = (), **fields: Any
) -> ArticlePage:
    """Published unless `live=False`; topics by name."""
    slug = fields.pop("slug", title.lower().replace(" ", "-"))
    page = ArticlePage(
        title=title,
        slug=slug,
        standfirst=fields.pop("standfirst", "Where the bill hid."),
        body=blocks_of(TEXT),
        live=live,
        **fields,
    )
    ArticleIndexPage.objects.get().add_child(instance=page)
    byline, _made = Author.objects.get_or_create(name="Auden Vale", slug="auden-vale")
    page.authors.set([byline])
    page.topics.set([Topic.objects.get_or_create(name=name, defaults={"slug": name.lower()})[0] for name in topics])
    page.save()
    revision = page.save_revision()
    if live:
        revision.publish()
    return page


def make_part(title: str = "The label on the long side", *, series: Series | None = None) -> AnnouncedPart:
    """An announced part of the series "Paper trail", or of another."""
    whole = series or Series.objects.get_or_create(slug="paper-trail", defaults={"title": "Paper trail"})[0]
    return AnnouncedPart.objects.create(series=whole, title=title, by="Stores", expected=date(2031, 5, 1))


def picture(title: str) -> Picture:
    """A blue sheet, 1600 by 900."""
    out = BytesIO()
    Image.new("RGB", (1600, 900), "#1a40b4").save(out, "JPEG")
    return Picture.objects.create(title=title, file=ContentFile(out.getvalue(), name=f"{title}.jpg"))
