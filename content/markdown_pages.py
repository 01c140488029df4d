"""Texts that ship with the site: Markdown with front matter, turned into the blocks of a page.

Beside ordinary Markdown, a block between `:::name` and `:::` becomes a block of that name: `pull`, `quote` (first line
`source: …`), `resource` (`title:`, `address:`, `good_for:`), `act` (`title:`, `text:`, `label:`, `address:`), `source`
(`text:`, `address:`), `embed` (`address:`, `shows:`), `table` (first line `caption: …`, then rows between bars as in
Markdown; a column with `---:` beneath its heading holds numbers). Sources that follow one another become one list.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from content.markdown import language, rich

FENCE = re.compile(r"^:::(\w+)\n(.*?)^:::\s*$", re.MULTILINE | re.DOTALL)


def blocks_of(text: str) -> list[tuple[str, Any]]:
    """The body as StreamField data; resources that follow one another become one list."""
    found: list[tuple[str, Any]] = []
    for name, value in pieces(text):
        if kind := LISTS.get(name):
            if not (found and found[-1][0] == kind):
                found.append((kind, []))
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
    """Markdown as the rich text of the CMS."""
    return rich.html_of(language.read(text))


def fields_of(text: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.splitlines() if ":" in line)
    return {name.strip(): value.strip() for name, _colon, value in pairs}


def quote_of(text: str) -> dict[str, str]:
    first, _break, rest = text.partition("\n")
    return {"source": first.removeprefix("source:").strip(), "text": rest.strip()}


def table_of(text: str) -> dict[str, Any]:
    """The stored form of a table: Wagtail reads it when the page is read."""
    first, *lines = text.splitlines()
    headings, rule, *rows = [cells_of(line) for line in lines if line.strip()]
    kinds = ["number" if mark.endswith(":") and not mark.startswith(":") else "text" for mark in rule]
    return {
        "caption": first.removeprefix("caption:").strip(),
        "columns": [{"type": kind, "heading": heading} for kind, heading in zip(kinds, headings, strict=True)],
        "rows": [
            {"values": [cell if kind == "number" else inline(cell) for kind, cell in zip(kinds, row, strict=True)]}
            for row in rows
        ],
    }


def cells_of(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in BAR.split(line.strip().strip("|"))]


def inline(text: str) -> str:
    return html_of(text).strip()


#: A bar between two cells; `\\|` is a bar within one.
BAR = re.compile(r"(?<!\\)\|")
#: Blocks that are collected in a list.
LISTS = {"resource": "resources", "source": "sources"}
BLOCKS: dict[str, Callable[[str], Any]] = {
    "pull": str,
    "quote": quote_of,
    "resource": fields_of,
    "act": fields_of,
    "source": fields_of,
    "embed": fields_of,
    "table": table_of,
}
