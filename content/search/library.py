"""What is published, found by the database's full-text index: articles, the primer, resources, the site's pages."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from content.pages.articles import ArticlePage
from content.search.index import How, match
from content.search.marking import excerpt, marked
from content.search.models import Findable
from content.search.sources import Found, Hit, Source, Wanted, register
from content.search.words import Asked, share, strength

KINDS = {
    Findable.Kind.ARTICLES.value: _("Articles"),
    Findable.Kind.PRIMER.value: _("The primer"),
    Findable.Kind.RESOURCES.value: _("To go further"),
    Findable.Kind.PAGES.value: _("About this site"),
}
Ranked = list[tuple[float, int]]


def search(_user: Any, asked: Asked, wanted: Wanted) -> Iterable[Found]:
    """Public pages are the same for everybody."""
    by_kind = ranked(asked)
    shown = {pk for kind, ranks in by_kind.items() for _strength, pk in ranks[wanted.of(kind)]}
    hits = hits_of(shown, asked)
    for kind, ranks in by_kind.items():
        yield Found(
            kind=kind,
            hits=[hits[pk] for _strength, pk in ranks[wanted.of(kind)] if pk in hits],
            total=len(ranks),
            strength=ranks[0][0],
        )


def ranked(asked: Asked) -> dict[str, Ranked]:
    """The best first: by how much of the question stands in the title, then in the first sentences; then by what the
    database makes of the text."""
    for how in How:
        if (how is How.ANY and len(asked.stems) < 2) or (how is How.BEGINNING and not asked.beginning):
            continue
        if by_kind := sorted_by_kind(match(asked, how), asked):
            return by_kind
    return {}


def sorted_by_kind(ranks: dict[int, float], asked: Asked) -> dict[str, Ranked]:
    if not ranks:
        return {}
    public = Findable.objects.public_ones().filter(pk__in=ranks)
    rows = public.values_list("pk", "kind", "title_stems", "about_stems", "address").order_by("pk")
    by_kind: dict[str, list[tuple[float, float, float, int]]] = {}
    addresses: set[str] = set()
    for pk, kind, title, about, address in rows:
        if address and address in addresses:
            continue  # recommended on another page as well
        addresses.add(address)
        worth = (strength(title.split(), asked), share(about.split(), asked), ranks[pk], pk)
        by_kind.setdefault(kind, []).append(worth)
    return {kind: [(worth[0], worth[-1]) for worth in sorted(some, reverse=True)] for kind, some in by_kind.items()}


def hits_of(pks: set[int], asked: Asked) -> dict[int, Hit]:
    rows = Findable.objects.filter(pk__in=pks).select_related("page").defer("title_stems", "about_stems", "text_stems")
    found = {row.pk: row for row in rows} if pks else {}
    articles = [row.page_id for row in found.values() if row.kind == Findable.Kind.ARTICLES]
    notes = notes_of(articles)
    return {pk: hit(row, asked, notes.get(row.page_id, "")) for pk, row in found.items()}


def hit(row: Findable, asked: Asked, note: str) -> Hit:
    return Hit(
        title=marked(row.title, asked),
        url=row.address or "/" + row.page.url_path.split("/", 2)[2],
        text=piece_of(row, asked),
        note=marked(note or recommended(row), asked),
    )


def piece_of(row: Findable, asked: Asked) -> SafeString:
    """From the text, or from what is said about it if that is where the words stand."""
    piece = excerpt(row.text or row.about, asked)
    return piece if "<mark>" in piece else excerpt(row.about, asked)


def recommended(row: Findable) -> str:
    """Where a resource lies, and which page recommends it."""
    if row.kind != Findable.Kind.RESOURCES:
        return ""
    host = urlsplit(row.address).hostname or ""
    return " · ".join(part for part in (host, _("recommended in “%(page)s”") % {"page": row.page.title}) if part)


def notes_of(articles: list[int]) -> dict[int, str]:
    """Who wrote them, and when they came out; one question."""
    if not articles:
        return {}
    names: dict[int, list[str]] = {}
    dates = {}
    rows = ArticlePage.objects.filter(pk__in=articles).order_by("pk", "authors__name")
    for pk, shown_at, name in rows.values_list("pk", "shown_at", "authors__name"):
        names.setdefault(pk, []).extend([name] if name else [])
        dates[pk] = date_format(localtime(shown_at), "j F Y")
    return {pk: " · ".join(filter(None, [", ".join(names[pk]), date])) for pk, date in dates.items()}


def register_library() -> None:
    register(Source(position=10, kinds=dict(KINDS), search=search))
