"""The whole primer on one page, to be printed: a title leaf, the contents, the chapters, room to write."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from content.at_hand import pictures_of
from content.pagecache import public
from content.pages.primer import ChapterPage, PrimerPage, chapters_of
from content.reading import read

#: A link to somewhere else: those that stay on the page need no address on paper.
ANCHOR = re.compile(r'<a\b[^>]*\shref="([^"#][^"]*)"[^>]*>.*?</a>', re.DOTALL)


@dataclass
class Notes:
    """The addresses of one chapter, in the order in which they are first named."""

    addresses: list[str] = field(default_factory=list)

    def number(self, address: str) -> int:
        whole = f"{settings.SITE_URL}{address}" if address.startswith("/") else address
        if whole not in self.addresses:
            self.addresses.append(whole)
        return self.addresses.index(whole) + 1

    def numbered(self, html: str) -> SafeString:
        """The same HTML with a number behind each link."""

        def with_number(link: re.Match[str]) -> str:
            return f'{link[0]}<sup class="noted">{self.number(unescape(link[1]))}</sup>'

        return mark_safe(ANCHOR.sub(with_number, html))


@dataclass(frozen=True)
class Leaf:
    """A chapter as it is printed."""

    number: int
    chapter: ChapterPage
    text: SafeString
    further: SafeString
    exercise_note: int
    notes: list[str]


def leaf_of(number: int, chapter: Any) -> Leaf:
    notes = Notes()
    reading = read(chapter.body, prefix=f"c{number}-")
    text = notes.numbered(render_to_string("content/body.html", {"page": {"reading": reading}}))
    further = notes.numbered(render_to_string("content/booklet_further.html", {"reading": reading}))
    exercise = notes.number(chapter.exercise_address) if chapter.exercise_address else 0
    return Leaf(number, chapter, text, further, exercise, notes.addresses)


@require_safe
def booklet(request: HttpRequest) -> HttpResponse:
    primer = PrimerPage.objects.live().public().first()
    if primer is None:
        raise Http404
    chapters = chapters_of(primer, request.user)
    with pictures_of([chapter.body for chapter in chapters]):
        leaves = [leaf_of(number, chapter) for number, chapter in enumerate(chapters, 1)]
    lines = range(9)  # a hand's breadth of ruled paper under each exercise
    return public(render(request, "content/booklet.html", {"page": primer, "leaves": leaves, "lines": lines}))
