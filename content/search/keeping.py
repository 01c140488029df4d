"""Keeps what search knows in step with what is published. Called with every publication, in its transaction."""

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape
from typing import Any

from django.db import connection, transaction
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.rich_text import RichText

from content.links.models import Link
from content.pages.articles import ArticlePage
from content.pages.primer import ChapterPage, PrimerPage
from content.pages.standard import StandardPage
from content.search.models import Findable, PublicWord
from content.search.words import stem, stems_of, words_in

KINDS = {
    ArticlePage: Findable.Kind.ARTICLES,
    ChapterPage: Findable.Kind.PRIMER,
    PrimerPage: Findable.Kind.PRIMER,
    StandardPage: Findable.Kind.PAGES,
}
HEADING_ENDS, BLOCK_ENDS = re.compile(r"(</h\d>)"), re.compile(r"(</(?:p|li|h\d)>|<(?:br|hr)\s*/?>)")
A_BATCH, MOST_CHARACTERS = 500, 200_000
SHORTEST_SUGGESTION = 3


@transaction.atomic
def keep(page: Page) -> None:
    """What search knows of this page becomes its published version; nothing, when visitors may not read it."""
    kept = Findable.objects.filter(page_id=page.pk)
    before = words_of(kept)
    kept.delete()
    now = Findable.objects.bulk_create(findables_of(page)) if is_public(page) else []
    count(words_of(now), less=before)


def drop(page: Page) -> None:
    drop_all(Findable.objects.filter(page_id=page.pk))


@transaction.atomic
def drop_all(findables: Any) -> None:
    by_page: dict[int, list[Findable]] = {}
    for findable in findables.iterator():
        by_page.setdefault(findable.page_id, []).append(findable)
    findables.delete()
    gone = sum((words_of(some) for some in by_page.values()), Counter())
    count(Counter(), less=gone)


def drop_below(page: Page) -> None:
    """This page and all below it: a door was put before them."""
    drop_all(Findable.objects.filter(page__path__startswith=page.path))


def keep_below(page: Page) -> None:
    """This page and all below it: after a move, or when a door before them was opened."""
    for each in page.get_descendants(inclusive=True).specific(defer=False).iterator(chunk_size=100):
        keep(each)


def rebuild() -> None:
    """Everything anew; heals whatever went past `keep`."""
    for page in Page.objects.live().specific(defer=False).iterator(chunk_size=100):
        keep(page)
    Findable.objects.exclude(pk__in=Findable.objects.public_ones().values("pk")).delete()
    recount()


def recount() -> None:
    by_page: dict[int, set[str]] = {}
    for findable in Findable.objects.defer("title_stems", "about_stems", "text_stems").iterator(chunk_size=100):
        by_page.setdefault(findable.page_id, set()).update(words_of([findable]))
    true = Counter(word for words in by_page.values() for word in words)
    with transaction.atomic():
        count(true, less=Counter(dict(PublicWord.objects.values_list("word", "pages"))))


def ensure_kept() -> None:
    """For a site that has pages already."""
    if not Findable.objects.exists():
        rebuild()


def is_public(page: Any) -> bool:
    return type(page) in KINDS and page.live and not page.is_letter and not page.get_view_restrictions().exists()


def findables_of(page: Any) -> list[Findable]:
    """The page itself, and what it recommends."""
    text = plain(f"{text_of(page.body)} {getattr(page, 'exercise_title', '')} {getattr(page, 'exercise_text', '')}")
    itself = _findable(page, kind=KINDS[type(page)], title=page.title, about=about(page), text=text)
    resources = Link.objects.filter(page_id=page.pk).resources()
    return [itself, *(_resource(page, link) for link in resources)]


def _resource(page: Page, link: Link) -> Findable:
    """Where there is only a name (a book), or a page of this site, the page that recommends it leads there."""
    address = "" if link.address.startswith("page:") else link.address
    kind = Findable.Kind.RESOURCES
    return _findable(page, kind=kind, title=link.title, about=link.good_for, address=address)


def _findable(page: Page, *, title: str, about: str, text: str = "", **fields: Any) -> Findable:
    return Findable(
        page_id=page.pk,
        title=title,
        about=about,
        text=text,
        title_stems=stems_of(title),
        about_stems=stems_of(about),
        text_stems=stems_of(text),
        **fields,
    )


def about(page: Any) -> str:
    """What says more than the text: the first sentences, who wrote it, and what it was sorted under."""
    if not isinstance(page, ArticlePage):
        return str(page.summary)
    names = [author.name for author in page.authors.all()] + [topic.name for topic in page.topics.all()]
    names += [tag.name for tag in page.tags.all()] + ([page.series.title] if page.series else [])
    return " · ".join([page.standfirst, *names])


def text_of(body: Any) -> str:
    """The words of a body; a heading does not run into what follows it, nor a cell of a table."""
    return " ".join(
        HEADING_ENDS.sub(r" – \1", block.value.source)
        if isinstance(block.value, RichText)
        else " · ".join(filter(None, block.block.get_searchable_content(block.value)))
        for block in body
    )


def plain(text: str) -> str:
    return " ".join(unescape(strip_tags(BLOCK_ENDS.sub(r"\1 ", text))).split())[:MOST_CHARACTERS]


def words_of(findables: Iterable[Findable]) -> Counter[str]:
    """Each word of one page, once: words of letters that are worth suggesting."""
    return Counter(
        {
            word: 1
            for findable in findables
            for part in (findable.title, findable.about, findable.text)
            for word in words_in(part)
            if len(word) >= SHORTEST_SUGGESTION and word.isalpha()
        }
    )


def count(words: Counter[str], *, less: Counter[str]) -> None:
    """Adds to the numbers of pages, in the words' order, so that two publications never wait for each other."""
    change = Counter(words)
    change.subtract(less)
    rows = sorted((word, stem(word), number) for word, number in change.items() if number)
    table = PublicWord._meta.db_table
    with connection.cursor() as cursor:
        for start in range(0, len(rows), A_BATCH):
            batch = rows[start : start + A_BATCH]
            values = ", ".join(["(%s, %s, %s)"] * len(batch))
            cursor.execute(
                f"INSERT INTO {table} (word, stem, pages) VALUES {values} "
                f"ON CONFLICT (word) DO UPDATE SET pages = {table}.pages + EXCLUDED.pages",
                [value for row in batch for value in row],
            )
    if any(number < 0 for _word, _stem, number in rows):
        PublicWord.objects.filter(pages__lte=0).delete()
