"""Reads WordPress's export (WXR 1.0 to 1.2) one item at a time, with nothing expanded and nothing fetched."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

WP = re.compile(r"\{http://wordpress\.org/export/1\.[0-2]/(excerpt/)?\}")
OTHERS = {"{http://purl.org/rss/1.0/modules/content/}": "content:", "{http://purl.org/dc/elements/1.1/}": "dc:"}
#: Bytes that XML forbids and old sites have nevertheless.
FORBIDDEN = bytes([*range(9), 11, 12, *range(14, 32)])
MOST_DEEP = 64


class BadExport(Exception):
    """The file is not a whole WordPress export."""


@dataclass(frozen=True)
class Person:
    """A `wp:author`. The address and the login stay in the file."""

    number: int
    login: str
    name: str
    slug: str


@dataclass(frozen=True)
class Term:
    domain: str
    slug: str
    name: str
    description: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Said:
    """A comment."""

    number: int
    name: str
    email: str
    text: str
    written_at: datetime | None
    status: str
    kind: str
    parent: int
    user: int


@dataclass
class Item:
    number: int
    kind: str
    status: str
    title: str
    link: str
    creator: str
    slug: str
    content: str
    excerpt: str
    date: datetime | None
    modified: datetime | None
    parent: int
    order: int
    is_locked: bool
    address: str
    terms: list[Term] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    comments: list[Said] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"{self.kind} {self.number} “{self.title or 'without a title'}”"


@dataclass
class Head:
    """What stands before the items."""

    version: str = ""
    site: str = ""


class Clean:
    """A file without the control characters for which XML would refuse it. Counts them."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.dropped = file, 0

    def read(self, size: int = -1) -> bytes:
        while chunk := self.file.read(size):
            clean = chunk.translate(None, FORBIDDEN)
            self.dropped += len(chunk) - len(clean)
            if clean:
                return clean
        return b""


def read(path: Path, head: Head | None = None) -> Iterator[Item | Person | Term]:
    """People, terms and items in the order of the file. Memory holds one item. Raises BadExport."""
    head = head or Head()
    with path.open("rb") as file:
        stack: list[Element] = []
        try:
            for event, element in iterparse(Clean(file), events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    stack.append(element)
                    if len(stack) > MOST_DEEP:
                        raise BadExport("Elements are nested too deeply for an export of WordPress.")
                    continue
                stack.pop()
                if len(stack) == 2:
                    yield from understood(element, head)
                    stack[1].remove(element)
        except ParseError as error:
            raise BadExport(f"The file is broken or ends too early: {error}.") from error
        except DefusedXmlException as error:
            raise BadExport(
                "The file defines entities or a document type, which no export of WordPress does."
            ) from error
        except (UnicodeDecodeError, LookupError, ValueError) as error:
            raise BadExport(f"The file cannot be read: {error}.") from error
    if not head.version:
        raise BadExport("This is not an export of WordPress (WXR 1.0 to 1.2): it names no wp:wxr_version.")


def name_of(element: Element) -> str:
    """`wp:post_id` for whatever version's namespace."""
    tag = str(element.tag)
    if found := WP.match(tag):
        return ("excerpt:" if found[1] else "wp:") + tag[found.end() :]
    for space, prefix in OTHERS.items():
        if tag.startswith(space):
            return prefix + tag.removeprefix(space)
    return tag


def understood(element: Element, head: Head) -> Iterator[Item | Person | Term]:
    name = name_of(element)
    if name == "item":
        yield item_of(element)
    elif name == "wp:author":
        yield person_of(fields(element))
    elif name in ("wp:category", "wp:tag", "wp:term"):
        yield term_of(name, fields(element))
    elif name == "wp:wxr_version":
        head.version = (element.text or "").strip()
    elif name == "wp:base_blog_url" or (name in ("wp:base_site_url", "link") and not head.site):
        head.site = (element.text or "").strip().rstrip("/")


def fields(element: Element) -> dict[str, str]:
    return {name_of(child): child.text or "" for child in element}


def person_of(data: dict[str, str]) -> Person:
    login = data.get("wp:author_login", "").strip()
    full = f"{data.get('wp:author_first_name', '')} {data.get('wp:author_last_name', '')}".strip()
    name = unescape(data.get("wp:author_display_name", "")).strip()
    return Person(number(data.get("wp:author_id", "")), login, full if "@" in name or not name else name, login)


def term_of(name: str, data: dict[str, str]) -> Term:
    keys = {
        "wp:category": ("category", "wp:category_nicename", "wp:cat_name", "wp:category_description"),
        "wp:tag": ("post_tag", "wp:tag_slug", "wp:tag_name", "wp:tag_description"),
        "wp:term": (data.get("wp:term_taxonomy", ""), "wp:term_slug", "wp:term_name", "wp:term_description"),
    }[name]
    slug, label, description = (data.get(key, "") for key in keys[1:])
    parent = unquote(data.get("wp:category_parent") or data.get("wp:term_parent") or "")
    return Term(keys[0], unquote(slug), unescape(label), unescape(description), parent)


def item_of(element: Element) -> Item:
    data = fields(element)
    title = unescape(re.sub(r"<[^>]*>", "", data.get("title", ""))).strip()
    return Item(
        number=number(data.get("wp:post_id", "")),
        kind=data.get("wp:post_type", "").strip(),
        status=data.get("wp:status", "").strip(),
        title=" ".join(title.split()),
        link=data.get("link", "").strip(),
        creator=data.get("dc:creator", "").strip(),
        slug=unquote(data.get("wp:post_name", "")).strip(),
        content=data.get("content:encoded", ""),
        excerpt=data.get("excerpt:encoded", ""),
        date=moment(data.get("wp:post_date_gmt", "")) or moment(data.get("wp:post_date", "")),
        modified=moment(data.get("wp:post_modified_gmt", "")) or moment(data.get("wp:post_modified", "")),
        parent=number(data.get("wp:post_parent", "")),
        order=number(data.get("wp:menu_order", "")),
        is_locked=bool(data.get("wp:post_password", "").strip()),
        address=data.get("wp:attachment_url", "").strip(),
        terms=[
            Term(child.get("domain", ""), unquote(child.get("nicename", "")), unescape(child.text or "").strip())
            for child in element
            if child.tag == "category" and (child.text or "").strip()
        ],
        meta=dict(pair for child in element if name_of(child) == "wp:postmeta" if (pair := meta_of(fields(child)))[0]),
        comments=[said(fields(child)) for child in element if name_of(child) == "wp:comment"],
    )


def meta_of(data: dict[str, str]) -> tuple[str, str]:
    return data.get("wp:meta_key", "").strip(), data.get("wp:meta_value", "").strip()


def said(data: dict[str, str]) -> Said:
    return Said(
        number=number(data.get("wp:comment_id", "")),
        name=unescape(data.get("wp:comment_author", "")).strip(),
        email=data.get("wp:comment_author_email", "").strip(),
        text=data.get("wp:comment_content", ""),
        written_at=moment(data.get("wp:comment_date_gmt", "")) or moment(data.get("wp:comment_date", "")),
        status=data.get("wp:comment_approved", "").strip(),
        kind=data.get("wp:comment_type", "").strip(),
        parent=number(data.get("wp:comment_parent", "")),
        user=number(data.get("wp:comment_user_id", "")),
    )


def number(text: Any) -> int:
    text = str(text).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def moment(text: str) -> datetime | None:
    """None for WordPress's 0000-00-00 and whatever else is no date."""
    try:
        found = datetime.strptime(text.strip(), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return found if 1900 < found.year < 2200 else None
