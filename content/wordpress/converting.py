"""A post's HTML becomes the blocks of our pages."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag

from content.markdown import rich
from content.players import player_of
from content.wordpress.markup import plain_html

LONGEST_LINE, LONGEST_SOURCE, LONGEST_SHOWN = 250, 160, 200
PICTURES = re.compile(r"wp-image-(\d+)")
BARE_ADDRESS = re.compile(r"https?://\S+")
MOVING = ("iframe", "video", "audio")


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a text needs to know of the rest. `picture(number, address)` gives our picture and its alt text and caption.

    `link` turns an address of the old site into ours; None takes the link off.
    """

    picture: Callable[[int, str], "tuple[int, str, str] | None"]
    link: Callable[[str], str | None]
    note: Callable[[str], None]


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
            if tag.find("table") is None:
                self.say(tag.find_all("figcaption", recursive=False))
        elif "wp-block-embed" in (tag.get("class") or []) and not tag.find(["img", *MOVING]):
            address = BARE_ADDRESS.search(tag.get_text(" "))
            if not (address and self.embedded(address[0], words_of(tag.find("figcaption")))):
                self.link_line(address[0], address[0]) if address else self.through(tag.children)
        else:
            said = tag.find("figcaption")
            caption = words_of(said)
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
        spans: list[rich.Span] = []
        for line in tag.get_text().strip("\n").split("\n"):
            wide = line.expandtabs(4)
            indent = "\xa0" * (len(wide) - len(wide.lstrip(" ")))
            spans += [rich.Span("\n")] if spans else []
            spans += [rich.Span(indent + " ".join(wide.split()), frozenset([rich.CODE]))] if wide.strip() else []
        self.nodes.append(rich.Line("p", tuple(spans)))

    def table(self, tag: Tag) -> None:
        self.end_text()
        said = tag.find("caption") or (tag.find_parent("figure") or tag).find("figcaption")
        caption = words_of(said)
        if value := table_of(tag, caption, self.around.link):
            self.add("table", value)
            if not caption:
                self.around.note("a table has no caption: say in the editor what it compares")
        else:
            self.through(part for cell in tag.find_all(["td", "th"]) for part in [*cell.children, Tag(name="br")])

    def moving(self, tag: Tag) -> None:
        source = tag.find("source")
        address = str(tag.get("src") or (source.get("src") if source else "") or "")
        if not address:
            self.around.note(f"a {tag.name} without an address is left out")
        elif not self.embedded(address):
            self.link_line(address, address)

    def embedded(self, address: str, shows: str = "") -> bool:
        """A film of the sites on the list; it is loaded when a reader asks for it."""
        player = player_of(address.replace("http://", "https://", 1))
        if player:
            shows = shows or f"A film at {player.name}"
            self.add("embed", {"address": player.page, "shows": shows[:LONGEST_SHOWN], "still": None})
        return player is not None

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


def words_of(tag: Any) -> str:
    return " ".join(tag.get_text().split()) if tag else ""


def table_of(tag: Tag, caption: str, link: Callable[[str], str | None]) -> dict[str, Any] | None:
    """None where there is nothing to compare: one column, or one row. A first row of headings names the columns."""
    rows = [row.find_all(["td", "th"]) for row in tag.find_all("tr")]
    wide = max((len(row) for row in rows), default=0)
    has_heads = bool(rows) and (rows[0][:1] == [] or all(cell.name == "th" for cell in rows[0]))
    heads, body = (rows[0], rows[1:]) if has_heads else ([], rows)
    if wide < 2 or not body:
        return None
    columns = [
        {"type": "text", "heading": words_of(heads[place]) if place < len(heads) else ""} for place in range(wide)
    ]
    lines = [[cell_of(row[place], link) if place < len(row) else "" for place in range(wide)] for row in body]
    return {"caption": caption, "columns": columns, "rows": [{"values": line} for line in lines]}


def cell_of(tag: Tag, link: Callable[[str], str | None]) -> str:
    line = rich.Line("p", rich.item(tag).spans)
    return rich.html_of(rich.with_addresses([line], link)) if line.spans else ""


def first_words(blocks: list[dict[str, Any]], most: int) -> str:
    """The beginning of the text, cut at a word."""
    for block in blocks:
        if block["type"] == "text":
            words = " ".join(BeautifulSoup(block["value"], "html.parser").get_text(" ").split())
            return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"
    return ""


def plain_words(html: str) -> str:
    return " ".join(BeautifulSoup(plain_html(html, lambda _note: None), "html.parser").get_text(" ").split())
