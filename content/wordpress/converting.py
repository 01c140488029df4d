"""A post's HTML becomes the blocks of our pages."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag

from content.markdown import rich
from content.wordpress.markup import plain_html

LONGEST_LINE, LONGEST_SOURCE = 250, 160
PICTURES = re.compile(r"wp-image-(\d+)")
BARE_ADDRESS = re.compile(r"https?://\S+")
MOVING = ("iframe", "video", "audio")


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a text needs to know of the rest. `picture(number, address)` gives our picture and its alt text and caption.

    `link` turns an address of the old site into ours; None takes the link off. `embed` says which block shows this
    address, or None.
    """

    picture: Callable[[int, str], "tuple[int, str, str] | None"]
    link: Callable[[str], str | None]
    note: Callable[[str], None]
    embed: Callable[[str], dict[str, Any] | None] = field(default=lambda _address: None)


def blocks_of(content: str, around: Surroundings) -> list[dict[str, Any]]:
    """Raw StreamField data, in the order of the text."""
    walk = Walk(around)
    walk.through(BeautifulSoup(plain_html(content, around.note), "html.parser").children)
    walk.end_text()
    return walk.blocks


class Walk:
    def __init__(self, around: Surroundings) -> None:
        self.around, self.blocks = around, list[dict[str, Any]]()
        self.nodes: list[rich.Node] = []

    def add(self, kind: str, value: Any) -> None:
        self.end_text()
        self.blocks.append({"type": kind, "value": value})

    def end_text(self) -> None:
        """Empty paragraphs of the old editor are nobody's words."""
        nodes = [node for node in self.nodes if not isinstance(node, rich.Line) or node.spans]
        self.nodes = []
        if nodes:
            text = rich.html_of(rich.with_addresses(nodes, self.around.link))
            self.blocks.append({"type": "text", "value": text})

    def say(self, parts: Iterable[object]) -> None:
        self.nodes.extend(rich.read(parts))

    def through(self, children: Iterable[object]) -> None:
        loose: list[object] = []
        for child in list(children):
            if isinstance(child, Tag) and (child.name in HANDLERS or self.has_more(child)):
                self.say(loose)
                loose = []
                self.tag(child)
            else:
                loose.append(child)
        self.say(loose)

    def has_more(self, tag: Tag) -> bool:
        """Something inside that is more than text."""
        return rich.is_block(tag) or tag.find(["img", *MOVING]) is not None

    def tag(self, tag: Tag) -> None:
        if handler := HANDLERS.get(tag.name):
            handler(self, tag)
        elif tag.name in ("ul", "ol", *rich.HEADINGS):
            self.with_pictures_after(tag)
        elif tag.name == "hr":
            self.say([tag])
        else:
            self.through(tag.children)

    def with_pictures_after(self, tag: Tag) -> None:
        pictures = [picture.extract() for picture in tag.find_all(["img", *MOVING])]
        self.say([tag])
        for picture in pictures:
            self.tag(picture)

    def paragraph(self, tag: Tag) -> None:
        address = tag.get_text().strip()
        if BARE_ADDRESS.fullmatch(address) and not tag.find("a") and self.embedded(address):
            return
        if tag.find(["img", *MOVING]) is None:
            self.say([tag])
            return
        self.through(tag.children)

    def image(self, tag: Tag, caption: str = "") -> None:
        marked = PICTURES.search(" ".join(tag.get("class") or [])) or re.fullmatch(
            r"()(\d+)", str(tag.get("data-id", ""))
        )
        number, address = int(marked[marked.lastindex or 1]) if marked else 0, str(tag.get("src") or "")
        found = self.around.picture(number, address)
        if found is None:
            self.around.note(f"the picture {address or number} is not in the media folder")
            if address:
                self.link_line(address, str(tag.get("alt") or "") or address.rsplit("/", 1)[-1])
            return
        picture, alt, said = found
        alt = str(tag.get("alt") or "").strip() or alt or caption
        if not alt:
            self.around.note("a picture has no alternative text: say in the editor what it shows")
        caption = caption or said
        self.add("picture", {"image": picture, "alt": alt[:LONGEST_LINE], "caption": caption[:LONGEST_LINE]})

    def figure(self, tag: Tag) -> None:
        if "wp-block-pullquote" in (tag.get("class") or []):
            self.quotation(tag)
        elif tag.find(["figure", "table", "blockquote", "pre"]) is not None:
            self.through(child for child in tag.children if getattr(child, "name", "") != "figcaption")
            self.say(tag.find_all("figcaption", recursive=False))
        elif "wp-block-embed" in (tag.get("class") or []) and not tag.find(["img", *MOVING]):
            address = BARE_ADDRESS.search(tag.get_text(" "))
            if not (address and self.embedded(address[0])):
                self.link_line(address[0], address[0]) if address else self.through(tag.children)
        else:
            said = tag.find("figcaption")
            caption = " ".join(said.get_text().split()) if said else ""
            pictures = tag.find_all("img")
            for picture in pictures:
                self.image(picture, caption if len(pictures) == 1 else "")
            for moving in tag.find_all(MOVING):
                self.moving(moving)
            if len(pictures) != 1 and said:
                self.say([said])

    def quotation(self, tag: Tag) -> None:
        cite = tag.find("cite")
        source = " ".join(cite.extract().get_text().split()) if cite else ""
        for picture in tag.find_all(["img", *MOVING]):
            self.tag(picture.extract())
        lines = [" ".join(part.get_text().split()) for part in tag.find_all(["p", "li", *rich.HEADINGS])]
        text = "\n\n".join(line for line in lines if line) or " ".join(tag.get_text().split())
        is_pulled = "wp-block-pullquote" in (tag.get("class") or [])
        if not text:
            return
        if is_pulled and len(text) <= LONGEST_LINE and not source:
            self.add("pull", " ".join(text.split()))
        else:
            self.add("quote", {"text": text, "source": source[:LONGEST_SOURCE]})

    def code(self, tag: Tag) -> None:
        """Lines stay lines, and indents stay as wide."""
        lines = tag.get_text().strip("\n").split("\n")
        spans: list[rich.Span] = []
        for line in lines:
            wide = line.expandtabs(4)
            indent = "\xa0" * (len(wide) - len(wide.lstrip(" ")))
            spans += [rich.Span("\n")] if spans else []
            spans += [rich.Span(indent + " ".join(wide.split()))] if wide.strip() else []
        self.around.note("preformatted text became lines of ordinary text")
        self.nodes.append(rich.Line("p", tuple(spans)))

    def table(self, tag: Tag) -> None:
        rows = [
            [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["td", "th"])] for row in tag.find_all("tr")
        ]
        self.around.note("a table became lines of text")
        for row in rows:
            self.nodes.append(rich.Line("p", (rich.Span(" | ".join(row)),)))

    def moving(self, tag: Tag) -> None:
        source = tag.find("source")
        address = str(tag.get("src") or (source.get("src") if source else "") or "")
        if not address:
            self.around.note(f"a {tag.name} without an address is left out")
        elif not self.embedded(address):
            self.link_line(address, address)

    def embedded(self, address: str) -> bool:
        block = self.around.embed(address)
        if block:
            self.add(block["type"], block["value"])
        return block is not None

    def link_line(self, address: str, words: str) -> None:
        marks = frozenset([("a", address)]) if rich.may_link(address) else frozenset()
        self.nodes.append(rich.Line("p", (rich.Span(" ".join(words.split()), marks),)))


HANDLERS: dict[str, Callable[[Walk, Tag], None]] = {
    "p": Walk.paragraph,
    "img": Walk.image,
    "figure": Walk.figure,
    "blockquote": Walk.quotation,
    "pre": Walk.code,
    "table": Walk.table,
    **dict.fromkeys(MOVING, Walk.moving),
}


def first_words(blocks: list[dict[str, Any]], most: int) -> str:
    """The beginning of the text, cut at a word."""
    for block in blocks:
        if block["type"] == "text":
            words = " ".join(BeautifulSoup(block["value"], "html.parser").get_text(" ").split())
            return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"
    return ""


def plain_words(html: str) -> str:
    return " ".join(BeautifulSoup(plain_html(html, lambda _note: None), "html.parser").get_text(" ").split())
