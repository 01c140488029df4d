"""The first walk through an export: is it whole, and what is in it? It keeps addresses and numbers, no texts."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha1
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from content.wordpress import wxr
from content.wordpress.wxr import Head, Item, Person, Term

#: Left out by their status: never written out, thrown away, or a part of something else.
LEFT_OUT = {"trash", "auto-draft", "inherit"}
KINDS = {"post", "page"}
UPLOADS = re.compile(r"/(?:wp-content/uploads|files)/(.+)$")
SMALLER = re.compile(r"-(?:\d+x\d+|scaled|e\d{10,})(?=\.\w+$)")


@dataclass(frozen=True)
class Attachment:
    number: int
    file: str
    title: str
    alt: str
    caption: str


@dataclass
class Survey:
    path: Path
    head: Head = field(default_factory=Head)
    people: dict[str, Person] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    #: The category above a category, by their slugs.
    parents: dict[tuple[str, str], str] = field(default_factory=dict)
    attachments: dict[int, Attachment] = field(default_factory=dict)
    by_file: dict[str, int] = field(default_factory=dict)
    #: The number of the post that had this path; only posts and pages that come along.
    by_path: dict[str, int] = field(default_factory=dict)
    coming: set[int] = field(default_factory=set)
    total: int = 0
    other_kinds: Counter[str] = field(default_factory=Counter)

    @property
    def source(self) -> str:
        """What the old site is called in our records."""
        return self.head.site[:200] or f"file {self.path.name}"[:200]

    @property
    def host(self) -> str:
        return plain_host(self.head.site)

    def items(self) -> Iterator[Item]:
        """Posts and pages, each number once. The second walk."""
        seen: set[int] = set()
        for thing in wxr.read(self.path):
            if isinstance(thing, Item) and thing.kind in KINDS and thing.number not in seen:
                seen.add(thing.number)
                yield thing

    def post_at(self, address: str) -> int | None:
        """The number of the post that an address of the old site leads to."""
        parts = urlsplit(address)
        if parts.netloc and plain_host(address) != self.host:
            return None
        asked = parse_qs(parts.query)
        for name in ("p", "page_id"):
            if name in asked and wxr.number(asked[name][0]) in self.coming:
                return wxr.number(asked[name][0])
        return self.by_path.get(unquote(parts.path).rstrip("/")) if not parts.query else None

    def attachment_at(self, address: str) -> Attachment | None:
        number = self.by_file.get(upload_of(address)) or self.by_file.get(SMALLER.sub("", upload_of(address)))
        return self.attachments.get(number) if number else None


def plain_host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def upload_of(address: str) -> str:
    """The path below wp-content/uploads; empty where there is none."""
    found = UPLOADS.search(unquote(address.split("?")[0].split("#")[0]))
    return found[1] if found else ""


def survey(path: Path) -> Survey:
    """Raises BadExport for anything that is not whole."""
    found = Survey(path)
    for thing in wxr.read(path, found.head):
        if isinstance(thing, Person):
            found.people[thing.login] = thing
        elif isinstance(thing, Term):
            if thing.parent:
                found.parents[thing.domain, thing.slug] = thing.parent
            if thing.description:
                found.descriptions[thing.domain, thing.slug] = thing.description
        elif thing.kind == "attachment":
            remember_attachment(found, thing)
        elif thing.kind in KINDS:
            remember_post(found, thing)
        else:
            found.other_kinds[thing.kind or "nameless"] += 1
    return found


def remember_post(found: Survey, item: Item) -> None:
    found.total += 1
    if item.number and item.status not in LEFT_OUT:
        found.coming.add(item.number)
        if path := unquote(urlsplit(item.link).path).rstrip("/"):
            found.by_path.setdefault(path, item.number)


def remember_attachment(found: Survey, item: Item) -> None:
    file = item.meta.get("_wp_attached_file") or upload_of(item.address)
    if not file or not item.number:
        return
    found.attachments[item.number] = Attachment(
        item.number, file, item.title, item.meta.get("_wp_attachment_image_alt", ""), item.excerpt.strip()
    )
    for name in (file, SMALLER.sub("", file)):
        found.by_file.setdefault(name, item.number)


def digest(item: Item, *also: object) -> str:
    return sha1(repr((item, also)).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
