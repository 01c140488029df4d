"""Texts that ship with the site: Markdown with front matter, turned into the blocks of a page.

Beside ordinary Markdown, a block between `:::name` and `:::` becomes a block of that name: `pull`, `quote` (first line
`source: …`), `resource` (`title:`, `address:`, `good_for:`), `act` (`title:`, `text:`, `label:`, `address:`).
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from markdown_it import MarkdownIt

FENCE = re.compile(r"^:::(\w+)\n(.*?)^:::\s*$", re.MULTILINE | re.DOTALL)
markdown = MarkdownIt("commonmark", {"html": False})


def blocks_of(text: str) -> list[tuple[str, Any]]:
    """The body as StreamField data; resources that follow one another become one list."""
    found: list[tuple[str, Any]] = []
    for name, value in pieces(text):
        if name == "resource":
            if not (found and found[-1][0] == "resources"):
                found.append(("resources", []))
            found[-1][1].append(value)
        else:
            found.append((name, value))
    return found


def pieces(text: str) -> Iterator[tuple[str, Any]]:
    at = 0
    for fence in FENCE.finditer(text):
        if before := text[at : fence.start()].strip():
            yield "text", html_of(before)
        yield fence[1], BLOCKS[fence[1]](fence[2].strip())
        at = fence.end()
    if rest := text[at:].strip():
        yield "text", html_of(rest)


def html_of(text: str) -> str:
    """Markdown as the rich text of the CMS, which says <b> and <i>."""
    html: str = markdown.render(text)
    for ours, theirs in (("strong", "b"), ("em", "i")):
        html = html.replace(f"<{ours}>", f"<{theirs}>").replace(f"</{ours}>", f"</{theirs}>")
    return html


def fields_of(text: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.splitlines() if ":" in line)
    return {name.strip(): value.strip() for name, _colon, value in pairs}


def quote_of(text: str) -> dict[str, str]:
    first, _break, rest = text.partition("\n")
    return {"source": first.removeprefix("source:").strip(), "text": rest.strip()}


BLOCKS: dict[str, Callable[[str], Any]] = {"pull": str, "quote": quote_of, "resource": fields_of, "act": fields_of}
