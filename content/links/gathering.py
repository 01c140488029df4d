"""Reads the links out of a page as it is published."""

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from django.db import transaction
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.models import Page
from wagtail.rich_text import RichText

from content.links.models import LONGEST_ADDRESS, Link

KINDS = {"resources": Link.Kind.RESOURCE, "sources": Link.Kind.SOURCE}
#: What a block may call the words and the target of its link.
TITLES, ADDRESSES, REASONS = ("title", "label", "text"), ("address", "url"), ("good_for",)
A_BATCH = 100


@transaction.atomic
def gather(page: Page) -> None:
    """The links of this page become those of its published version; none when it isn't published."""
    Link.objects.filter(page_id=page.pk).delete()
    if page.live and not getattr(page, "is_letter", False):
        Link.objects.bulk_create(links_of(page))


@transaction.atomic
def drop(page: Page) -> None:
    Link.objects.filter(page_id=page.pk).delete()


def rebuild() -> None:
    """For every published page anew: when the table is empty on a site that has pages already."""
    for page in Page.objects.live().specific(defer=False).iterator(chunk_size=A_BATCH):
        gather(page)


def ensure_gathered() -> None:
    if not Link.objects.exists():
        rebuild()


def links_of(page: Any) -> list[Link]:
    found = list(found_in(getattr(page, "body", ())))
    if address := getattr(page, "exercise_address", ""):
        found.append(Link(kind=Link.Kind.TEXT, title=page.exercise_label, address=address))
    fitting = [link for link in found if len(link.address) <= LONGEST_ADDRESS]
    for place, link in enumerate(fitting):
        link.page_id, link.place = page.pk, place
        link.title, link.good_for = link.title[:250], link.good_for[:250]
    return fitting


def found_in(body: Any) -> Iterator[Link]:
    for block in body:
        yield from within(block.value, KINDS.get(block.block_type, Link.Kind.TEXT))


def within(value: Any, kind: str) -> Iterator[Link]:
    """Whatever blocks there are or will be: rich text, structs with an address, and lists of them."""
    if isinstance(value, RichText):
        yield from in_text(value.source)
    elif isinstance(value, blocks.StructValue):
        yield from in_struct(value, kind)
    elif isinstance(value, blocks.StreamValue):
        yield from found_in(value)
    elif isinstance(value, TypedTable):
        for row in value.row_data:
            yield from within(row["values"], kind)
    elif isinstance(value, list | tuple | blocks.list_block.ListValue):
        for one in value:
            yield from within(one, kind)


def in_struct(value: blocks.StructValue, kind: str) -> Iterator[Link]:
    title, address, good_for = (first(value, names) for names in (TITLES, ADDRESSES, REASONS))
    if address or (title and kind != Link.Kind.TEXT):
        yield Link(kind=kind, title=title or address, address=address, good_for=good_for)
    for name, inner in value.items():
        if not (isinstance(inner, str) and name in (*TITLES, *ADDRESSES, *REASONS)):
            yield from within(inner, kind)


def first(value: blocks.StructValue, names: tuple[str, ...]) -> str:
    texts = (value.get(name) for name in names)
    return next((text for text in texts if isinstance(text, str) and text), "")


def in_text(source: str) -> Iterator[Link]:
    """`<a>` of the CMS's own HTML: an address, or the number of a page of this site."""
    if "<a " not in source:
        return
    for anchor in BeautifulSoup(source, "html.parser").find_all("a"):
        inside = anchor.get("linktype") == "page" and f"page:{anchor.get('id')}"
        address = str(inside or anchor.get("href", ""))
        if address and not address.startswith("#"):
            yield Link(kind=Link.Kind.TEXT, title=" ".join(anchor.get_text().split()), address=address)
