"""`/search/?q=`: over everything this visitor may see, without ever failing."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.pages.articles import ArticlePage
from content.pages.sorting import Topic
from content.search.sources import Found, Wanted, kinds, sources
from content.search.suggesting import suggest
from content.search.words import MOST_CHARACTERS, Asked, read

FEW, A_PAGE, MOST_PAGES = 5, 20, 5
#: So few hits may be a slip of the finger.
ODDLY_FEW = 3
MOST_TOPICS = 12


@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = read(request.GET.get("q", ""))
    kind = request.GET.get("kind", "")
    wanted = Wanted(kind=kind if kind in kinds() else "", start=(page_of(request) - 1) * A_PAGE, few=FEW, a_page=A_PAGE)
    found = find(request.user, asked, wanted)
    total = sum(group.total for group in found)
    better = suggest(asked) if asked.words and total < ODDLY_FEW else ""
    context = {
        "asked": asked,
        "longest": MOST_CHARACTERS,
        "total": total,
        "chips": chips(asked, found, wanted),
        "groups": [shown(group, asked, wanted) for group in found if group.hits],
        "chosen": wanted.kind,
        "all_url": address(q=asked.text),
        "better": better and {"words": better, "url": address(q=better)},
        "topics": None if total else topics(),
    }
    return render(request, "content/search.html", context)


def topics() -> QuerySet[Topic]:
    """Those that a visitor finds something under."""
    public = ArticlePage.objects.public_ones().order_by().values("pk")
    return Topic.objects.filter(articles__in=public).distinct()[:MOST_TOPICS]


def page_of(request: HttpRequest) -> int:
    """From 1 to the last that is shown; whatever else was typed is the first."""
    text = request.GET.get("page", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1
    return number if 1 <= number <= MOST_PAGES else 1


def find(user: Any, asked: Asked, wanted: Wanted) -> list[Found]:
    """What there is of each kind, the kind with the best hit first."""
    if not asked.words:
        return []
    found = [group for source in sources() for group in source.search(user, asked, wanted) if group.total]
    order = list(kinds())
    return sorted(found, key=lambda group: (-round(group.strength, 1), order.index(group.kind)))


def chips(asked: Asked, found: list[Found], wanted: Wanted) -> list[dict[str, Any]]:
    """All, and each kind of which there is something, in the order in which the kinds were registered."""
    totals = {group.kind: group.total for group in found}
    offered = [
        {"label": label, "total": totals[kind], "url": address(q=asked.text, kind=kind), "current": wanted.kind == kind}
        for kind, label in kinds().items()
        if kind in totals
    ]
    return offered if len(offered) > 1 or wanted.kind else []


def shown(group: Found, asked: Asked, wanted: Wanted) -> dict[str, Any]:
    page = wanted.start // A_PAGE + 1
    more = bool(wanted.kind) and page < MOST_PAGES and group.total > page * A_PAGE
    first = not wanted.kind and group.total > len(group.hits)
    return {
        "kind": group.kind,
        "label": kinds()[group.kind],
        "hits": group.hits,
        "total": group.total,
        "all_url": address(q=asked.text, kind=group.kind) if first else "",
        "next_url": address(q=asked.text, kind=group.kind, page=page + 1) if more else "",
        "previous_url": address(q=asked.text, kind=group.kind, page=page - 1) if wanted.kind and page > 1 else "",
    }


def address(**query: Any) -> str:
    return f"{reverse('content:search')}?{urlencode(query)}"
