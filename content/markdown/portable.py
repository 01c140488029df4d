"""The values of blocks as plain data that means the same on another site: paths instead of row numbers."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail import blocks
from wagtail.blocks import PageChooserBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from content.markdown import language, rich


@dataclass(frozen=True, kw_only=True)
class Names:
    """What rows are called outside the database, and back. Each gives None for what it does not know."""

    name_of_page: Callable[[int], str | None]
    page_of_name: Callable[[str], int | str | None]
    name_of_picture: Callable[[int], str | None]
    picture_of_name: Callable[[str], int | None]


NOWHERE = Names(
    name_of_page=lambda _number: None,
    page_of_name=lambda _name: None,
    name_of_picture=lambda _number: None,
    picture_of_name=lambda _name: None,
)


def plain(block: Any, value: Any, names: Names) -> Any:
    """What Wagtail stores for a block (its raw data) without numbers of rows."""
    if isinstance(block, blocks.RichTextBlock):
        text = markdown_of(value or "", names)
        return {"html": portable_html(value or "", names)} if text is None else {"markdown": text}
    if isinstance(block, ImageChooserBlock):
        return names.name_of_picture(value) if value else None
    if isinstance(block, ImageBlock):
        return value and {**value, "image": names.name_of_picture(value["image"])}
    if isinstance(block, PageChooserBlock):
        return names.name_of_page(value) if value else None
    return _walk(block, value, names, plain)


def native(block: Any, value: Any, names: Names) -> Any:
    """The way back: what Wagtail stores for a block."""
    if isinstance(block, blocks.RichTextBlock):
        return html_of_markdown(value["markdown"], names) if "markdown" in value else clean_html(value["html"], names)
    if isinstance(block, ImageChooserBlock):
        return names.picture_of_name(value) if value else None
    if isinstance(block, ImageBlock):
        return value and {**value, "image": names.picture_of_name(value["image"])}
    if isinstance(block, PageChooserBlock):
        return names.page_of_name(value) if value else None
    return _walk(block, value, names, native)


def _walk(block: Any, value: Any, names: Names, step: Callable[[Any, Any, Names], Any]) -> Any:
    if isinstance(block, blocks.StructBlock):
        fields = completed(block, value)
        return {name: step(block.child_blocks[name], inner, names) for name, inner in fields.items()}
    if isinstance(block, TypedTableBlock):
        return _table(block, value, names, step)
    if isinstance(block, blocks.ListBlock):
        return [step(block.child_block, entry_of(entry), names) for entry in value or []]
    if isinstance(block, blocks.StreamBlock):
        children = block.child_blocks
        return [
            {"type": entry["type"], "value": step(children[entry["type"]], entry["value"], names)}
            for entry in value or []
            if entry["type"] in children
        ]
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _table(block: Any, value: Any, names: Names, step: Callable[[Any, Any, Names], Any]) -> Any:
    columns = [{"type": column["type"], "heading": column["heading"]} for column in value["columns"]]
    cells = [block.child_blocks[column["type"]] for column in columns]
    rows = [[step(cell, said, names) for cell, said in zip(cells, row["values"], strict=True)] for row in value["rows"]]
    return {
        "caption": value.get("caption") or "",
        "columns": columns,
        "rows": [{"values": row} for row in rows],
    }


def completed(block: Any, value: Any) -> Any:
    """With the fields that were stored before the block had them, as Wagtail completes them, in the block's order."""
    if not isinstance(block, blocks.StructBlock):
        return value
    given = value or {}
    return {
        name: given[name] if name in given else child.get_prep_value(child.get_default())
        for name, child in block.child_blocks.items()
    }


def entry_of(entry: Any) -> Any:
    """Lists are stored as bare values or, by newer versions, as values with a number."""
    is_numbered = isinstance(entry, dict) and entry.get("type") == "item" and "value" in entry
    return entry["value"] if is_numbered else entry


# Rich text ---------------------------------------------------------------------------------------------------------


def outward(names: Names) -> Callable[[str], str | None]:
    def change(address: str) -> str | None:
        if address.startswith("page:"):
            return names.name_of_page(int(address.removeprefix("page:")))
        return address

    return change


def inward(names: Names) -> Callable[[str], str | None]:
    def change(address: str) -> str | None:
        page = names.page_of_name(address)
        return address if page is None else f"page:{page}"

    return change


def markdown_of(html: str, names: Names) -> str | None:
    """None where Markdown cannot say it, or where reading it back would give another link."""
    nodes = rich.nodes_of(html)
    text = language.written(rich.with_addresses(nodes, outward(names)))
    if text is None or html_of_markdown(text, names) != _without_lost_pages(nodes, names):
        return None
    return text


def _without_lost_pages(nodes: Any, names: Names) -> str:
    there = outward(names)
    return rich.html_of(rich.with_addresses(nodes, lambda address: None if there(address) is None else address))


def portable_html(html: str, names: Names) -> str:
    return rich.html_of(rich.with_addresses(rich.nodes_of(html), outward(names)))


def html_of_markdown(text: str, names: Names = NOWHERE) -> str:
    return rich.html_of(rich.with_addresses(language.read(text), inward(names)))


def clean_html(html: str, names: Names = NOWHERE) -> str:
    return rich.html_of(rich.with_addresses(rich.nodes_of(html), inward(names)))
