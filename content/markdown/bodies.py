"""The body of a page ↔ Markdown with fences.

Ordinary Markdown is a block of text. Between `:::name` and `:::` stands a block of that name, written as a person
would (content.markdown_pages), or, after `:::name yaml`, field by field. `:::text` begins a further block of text, and
`:::html` one that Markdown cannot say. `read(write(body)) == body`, block for block.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from content.blocks import BodyBlock
from content.markdown.notation import dumped
from content.markdown.portable import (
    NOWHERE,
    Names,
    clean_html,
    completed,
    html_of_markdown,
    markdown_of,
    native,
    plain,
    portable_html,
)
from content.markdown_pages import BLOCKS, LISTS

BODY = BodyBlock()
ONE_OF = {whole: one for one, whole in LISTS.items()}
FENCE = re.compile(r"^:::(\w+)( yaml)?[ \t]*\n(.*?)^:::[ \t]*$", re.MULTILINE | re.DOTALL)
BROKEN = re.compile(r"^:::.*$", re.MULTILINE)


class BadText(Exception):
    """A text that cannot be read, and the line (of the text) where it begins to be wrong."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


# Reading -----------------------------------------------------------------------------------------------------------


def read(text: str, names: Names = NOWHERE) -> list[dict[str, Any]]:
    """The body as Wagtail stores it; resources that follow one another become one list. Raises BadText."""
    found: list[dict[str, Any]] = []
    for kind, style, inside, line in pieces(text.replace("\r\n", "\n").replace("\r", "\n")):
        try:
            block = block_of(kind, style, inside, names)
        except (KeyError, TypeError, ValueError, AttributeError, yaml.YAMLError) as error:
            raise BadText(f"the block “{kind}” cannot be read: {error}", line) from error
        if kind in LISTS and not style and found and found[-1].get("open") == kind:
            found[-1]["value"] += block["value"]
        else:
            found.append(block)
    return [{"type": block["type"], "value": block["value"]} for block in found]


def pieces(text: str) -> Iterator[tuple[str, str, str, int]]:
    """(kind, style, what is inside, line); the kind of what stands in no fence is empty."""
    at = 0
    for fence in [*FENCE.finditer(text), None]:
        between = text[at : fence.start() if fence else len(text)]
        if broken := BROKEN.search(between):
            line = text.count("\n", 0, at + broken.start()) + 1
            raise BadText(f"“{broken[0][:40]}” is not closed by a line “:::”, or closes nothing", line)
        if between.strip():
            yield "", "", between.strip("\n"), text.count("\n", 0, at) + 1
        if fence:
            yield fence[1], (fence[2] or "").strip(), fence[3], text.count("\n", 0, fence.start()) + 1
            at = fence.end()


def block_of(kind: str, style: str, inside: str, names: Names) -> dict[str, Any]:
    if kind in ("", "text") and not style:
        return {"type": "text", "value": html_of_markdown(inside.strip("\n"), names)}
    if kind == "html":
        return {"type": "text", "value": clean_html(inside.strip("\n"), names)}
    if style:
        return {"type": kind, "value": native(BODY.child_blocks[kind], yaml.safe_load(inside), names)}
    value = BLOCKS[kind](inside.strip())
    if whole := LISTS.get(kind):
        entry = BODY.child_blocks[whole].child_block
        return {"type": whole, "value": [completed(entry, value)], "open": kind}
    return {"type": kind, "value": completed(BODY.child_blocks[kind], value)}


# Writing -----------------------------------------------------------------------------------------------------------


def write(body: list[dict[str, Any]], names: Names = NOWHERE) -> str:
    parts: list[str] = []
    before = ""
    for block in body:
        if block["type"] == "text":
            part = _text(block["value"] or "", names, after_text=before == "bare")
            before = "" if part.startswith(":::") else "bare"
        elif block["type"] in BODY.child_blocks:
            part = _fenced(block, names, alone=before != block["type"])
            before = block["type"]
        else:
            continue
        parts.append(part)
    return "\n\n".join(parts)


def _text(html: str, names: Names, *, after_text: bool) -> str:
    text = markdown_of(html, names)
    if text is None:
        return f":::html\n{portable_html(html, names)}\n:::"
    return f":::text\n{text}\n:::" if after_text or not text.strip() else text


def _fenced(block: dict[str, Any], names: Names, *, alone: bool) -> str:
    """As a person would write it where that says the same, field by field otherwise."""
    kind, value = block["type"], plain(BODY.child_blocks[block["type"]], block["value"], names)
    same = native(BODY.child_blocks[kind], value, names)
    written = by_hand(kind, value) if alone or kind not in ONE_OF else ""
    if written:
        try:
            if read(written, names) == [{"type": kind, "value": same}]:
                return written
        except BadText:
            pass
    fields = dumped(value)
    return f":::{kind} yaml\n{fields}:::"


def by_hand(kind: str, value: Any) -> str:
    """Empty where there is no such way."""
    if one := ONE_OF.get(kind):
        return "\n".join(f":::{one}\n{_fields(entry)}\n:::" for entry in value)
    if kind == "table":
        return f":::table\n{_table(value)}\n:::"
    if kind not in BLOCKS:
        return ""
    if kind == "quote":
        return f":::quote\nsource: {value.get('source', '')}\n{value.get('text', '')}\n:::"
    inside = value if isinstance(value, str) else _fields(value)
    return f":::{kind}\n{inside}\n:::"


def _fields(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    return "\n".join(f"{name}: {entry}".rstrip(" ") for name, entry in value.items() if entry is not None)


def _table(value: Any) -> str:
    columns = value["columns"]
    rule = ["---:" if column["type"] == "number" else "---" for column in columns]
    rows = [[_cell(cell) for cell in row["values"]] for row in value["rows"]]
    lines = [[str(column["heading"]) for column in columns], rule, *rows]
    bars = ("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
    return "\n".join([f"caption: {value.get('caption') or ''}", *bars])


def _cell(value: Any) -> str:
    return str(value["markdown"] if isinstance(value, dict) and "markdown" in value else value)
