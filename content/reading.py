"""A body made ready to read: headings with addresses, and numbers in brackets that lead to their sources.

`read(body)` is asked once a page; `prefix` keeps the addresses apart where several pages stand on one, as in a booklet.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any

from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from wagtail.rich_text import expand_db_html

from content.blocks import AFTER_THE_TEXT

#: Fewer headings need no list of them.
ENOUGH_FOR_CONTENTS = 3
CITED = ("text", "quote", "picture", "table")
HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
#: Tags, the whole of a link or of code, and a number in brackets with the blank before it; only the last counts.
CITATION = re.compile(r"<a\b.*?</a>|<code\b.*?</code>|<[^>]*>|[ \xa0]?\[(\d{1,3})\]", re.DOTALL)
BETWEEN = "<!--between-->"


@dataclass(frozen=True)
class Source:
    """`places` are the addresses on the page from which the text leads here."""

    id: str
    text: str
    address: str
    places: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Heading:
    id: str
    text: str


class Reading:
    """What the templates show of a body: `column` (the text), `afterwards`, `contents`, `sources`, `players`."""

    def __init__(self, body: Any, *, prefix: str = "") -> None:
        self.prefix = prefix
        self._blocks = list(body)
        self._used: Counter[str] = Counter()
        self._headings: list[Heading] = []
        self.sources = [
            Source(f"{prefix}source-{number}", one["text"], one["address"] or "")
            for number, one in enumerate(self._values("sources"), 1)
        ]
        self.column = mark_safe("".join(self._column()))

    @property
    def contents(self) -> list[Heading]:
        return self._headings if len(self._headings) >= ENOUGH_FOR_CONTENTS else []

    @property
    def afterwards(self) -> list[Any]:
        return [block for block in self._blocks if block.block_type in AFTER_THE_TEXT[1:]]

    @cached_property
    def origins(self) -> list[str]:
        """From where frames may come on this page, once they are asked for."""
        players = [block.value.player for block in self._blocks if block.block_type == "embed"]
        return sorted({player.origin for player in players if player})

    def _values(self, kind: str) -> list[Any]:
        return [value for block in self._blocks if block.block_type == kind for value in block.value]

    def _column(self) -> list[str]:
        shown = [block for block in self._blocks if block.block_type not in AFTER_THE_TEXT]
        expanded = iter(expand(block.value.source for block in shown if block.block_type == "text"))
        return [
            self._ready(block.block_type, next(expanded) if block.block_type == "text" else block.render())
            for block in shown
        ]

    def _ready(self, kind: str, html: str) -> str:
        if kind == "text":
            html = HEADING.sub(self._heading, html)
        return CITATION.sub(self._citation, html) if kind in CITED and self.sources else html

    def _heading(self, found: re.Match[str]) -> str:
        text = " ".join(unescape(strip_tags(found[1])).split())
        if not text:
            return found[0]
        base = f"{self.prefix}s-{slugify(text, allow_unicode=True) or 'section'}"
        self._used[base] += 1
        name = base if self._used[base] == 1 else f"{base}--{self._used[base]}"
        self._headings.append(Heading(name, text))
        return f'<h2 id="{name}">{found[1]}</h2>'

    def _citation(self, found: re.Match[str]) -> str:
        number = int(found[1] or 0)
        if not 1 <= number <= len(self.sources):
            return found[0]
        source = self.sources[number - 1]
        place = f"{self.prefix}cited-{number}-{len(source.places) + 1}"
        source.places.append(place)
        return format_html('<sup class="cite"><a id="{}" href="#{}">{}</a></sup>', place, source.id, number)


def expand(texts: Iterable[str]) -> list[str]:
    """Rich texts as HTML, expanded together: their links to pages cost one query, not one for each text."""
    return expand_db_html(BETWEEN.join(texts)).split(BETWEEN)


def read(body: Any, *, prefix: str = "") -> Reading:
    return Reading(body, prefix=prefix)
