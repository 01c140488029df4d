"""Rich text as a small tree with one canonical HTML: the same words and marks give the same string.

It knows what the CMS's editor knows (content.blocks.body.TEXT_FEATURES). Whatever else stands in the HTML loses its
tags and keeps its words. A link to a page is a mark with the address `page:<id>`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import Literal

from bs4 import BeautifulSoup, Comment, NavigableString, Tag

#: ("b", ""), ("i", ""), ("code", "") or ("a", address).
Mark = tuple[str, str]
BOLD, ITALIC, CODE = ("b", ""), ("i", ""), ("code", "")
MARKS = {"b": BOLD, "strong": BOLD, "i": ITALIC, "em": ITALIC, "code": CODE, "kbd": CODE}
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
BLANK = re.compile(r"[ \t\n\r\f]+")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
SCHEMES = ("http:", "https:", "mailto:", "tel:")
UNSEEN = {"script", "style", "head", "title", "template", "noscript"}


@dataclass(frozen=True)
class Span:
    """Words under the same marks; a line break is a text of its own, "\\n"."""

    text: str
    marks: frozenset[Mark] = frozenset()


@dataclass(frozen=True)
class Line:
    kind: Literal["p", "h2", "h3"]
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Rule:
    pass


@dataclass(frozen=True)
class Listing:
    ordered: bool
    items: tuple["Item", ...]


@dataclass(frozen=True)
class Item:
    spans: tuple[Span, ...] = ()
    inner: tuple[Listing, ...] = ()


Node = Line | Rule | Listing


def may_link(address: str) -> bool:
    """Whether a link may bear this address: no script, and nothing that pretends to be a page's number."""
    plain = re.sub(r"[\x00-\x20\x7f-\x9f]", "", address)
    scheme = SCHEME.match(plain)
    return bool(plain) and (scheme is None or scheme[0].lower() in SCHEMES)


# From HTML ---------------------------------------------------------------------------------------------------------


def nodes_of(html: str) -> tuple[Node, ...]:
    return tuple(read(BeautifulSoup(html, "html.parser").children))


def read(children: Iterable[object]) -> Iterator[Node]:
    """Block by block; words that stand in no block make a paragraph."""
    loose: list[object] = []
    for child in children:
        if not is_block(child):
            loose.append(child)
            continue
        yield from paragraph(loose)
        loose = []
        assert isinstance(child, Tag)
        yield from block(child)
    yield from paragraph(loose)


def is_block(thing: object) -> bool:
    blocks = {"p", "ul", "ol", "hr", "div", "blockquote", "pre", "section", "li", "table", "figure", *HEADINGS}
    return isinstance(thing, Tag) and (thing.name in blocks or any(is_block(child) for child in thing.children))


def block(tag: Tag) -> Iterator[Node]:
    if tag.name == "p":
        yield Line("p", spans_of(tag.children))
    elif tag.name in HEADINGS:
        yield Line(HEADINGS[tag.name], spans_of(tag.children))  # type: ignore[arg-type]
    elif tag.name == "hr":
        yield Rule()
    elif tag.name in ("ul", "ol"):
        if items := tuple(item(child) for child in tag.children if isinstance(child, Tag)):
            yield Listing(tag.name == "ol", items)
    elif tag.name not in UNSEEN:
        yield from read(tag.children)


def paragraph(loose: list[object]) -> Iterator[Node]:
    if spans := spans_of(loose):
        yield Line("p", spans)


def item(tag: Tag) -> Item:
    """An entry of a list: its own words, then the lists inside it. Paragraphs of one entry become its lines."""
    if tag.name in ("ul", "ol"):
        return Item((), tuple(inner for inner in block(tag) if isinstance(inner, Listing)))
    spans: list[Span] = []
    inner: list[Listing] = []
    for node in read(tag.children):
        if isinstance(node, Listing):
            inner.append(node)
        elif isinstance(node, Line):
            spans += [Span("\n"), *node.spans] if spans else node.spans
    return Item(tuple(spans), tuple(inner))


def spans_of(children: Iterable[object]) -> tuple[Span, ...]:
    """Blanks become one space, as a browser shows them; none at the ends of a line."""
    kept: list[Span] = []
    for span in inline(children, frozenset()):
        bare = not kept or kept[-1].text[-1] in " \n"
        text = span.text.removeprefix(" ") if bare else span.text
        if text == "\n":
            drop_last_blank(kept)
        if text:
            kept.append(replace(span, text=text))
    drop_last_blank(kept)
    return merged(kept)


def drop_last_blank(spans: list[Span]) -> None:
    if spans and spans[-1].text.endswith(" "):
        last = spans.pop()
        if text := last.text.removesuffix(" "):
            spans.append(replace(last, text=text))


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Neighbours under the same marks are one."""
    one: list[Span] = []
    for span in spans:
        if one and "\n" not in (span.text, one[-1].text) and one[-1].marks == span.marks:
            one[-1] = Span(one[-1].text + span.text, span.marks)
        else:
            one.append(span)
    return tuple(one)


def inline(children: Iterable[object], marks: frozenset[Mark]) -> Iterator[Span]:
    for child in children:
        if isinstance(child, NavigableString):
            if not isinstance(child, Comment) and child:
                yield Span(BLANK.sub(" ", str(child)), marks)
        elif isinstance(child, Tag) and child.name == "br":
            yield Span("\n")
        elif isinstance(child, Tag) and child.name not in UNSEEN:
            yield from inline(child.children, marks | marks_of(child, marks))


def marks_of(tag: Tag, around: frozenset[Mark]) -> frozenset[Mark]:
    if tag.name == "a" and not any(name == "a" for name, _address in around):
        if tag.get("linktype") == "page" and re.fullmatch(r"[\w:]{1,40}", number := str(tag.get("id", ""))):
            return frozenset([("a", f"page:{number}")])
        address = str(tag.get("href") or "").strip()
        return frozenset([("a", address)]) if may_link(address) else frozenset()
    return frozenset([MARKS[tag.name]]) if tag.name in MARKS else frozenset()


# To HTML -----------------------------------------------------------------------------------------------------------


def html_of(nodes: Iterable[Node]) -> str:
    return "".join(html(node) for node in nodes)


def html(node: Node) -> str:
    if isinstance(node, Rule):
        return "<hr/>"
    if isinstance(node, Line):
        return f"<{node.kind}>{marked(node.spans, HTML)}</{node.kind}>"
    name = "ol" if node.ordered else "ul"
    items = "".join(f"<li>{marked(item.spans, HTML)}{html_of(item.inner)}</li>" for item in node.items)
    return f"<{name}>{items}</{name}>"


@dataclass(frozen=True)
class Writer:
    """How a language says plain words, code, and words under a mark."""

    text: Callable[[str], str]
    code: Callable[[str], str]
    mark: Callable[[Mark, str], str]


def marked(spans: tuple[Span, ...], writer: Writer, done: frozenset[Mark] = frozenset()) -> str:
    """The longest mark outside; of two as long, the link. Code is innermost."""
    said = []
    while spans:
        wanted = spans[0].marks - done
        if not wanted - {CODE}:
            said.append((writer.code if wanted else writer.text)(spans[0].text))
            spans = spans[1:]
            continue
        reach, _link, mark = max(
            (how_far(spans, mark), mark[0] == "a", mark) for mark in sorted(wanted - {CODE}, reverse=True)
        )
        said.append(writer.mark(mark, marked(spans[:reach], writer, done | {mark})))
        spans = spans[reach:]
    return "".join(said)


def how_far(spans: tuple[Span, ...], mark: Mark) -> int:
    return next((place for place, span in enumerate(spans) if mark not in span.marks), len(spans))


def html_text(text: str) -> str:
    return "<br/>" if text == "\n" else escape(text, quote=False)


def html_mark(mark: Mark, inside: str) -> str:
    name, address = mark
    if name != "a":
        return f"<{name}>{inside}</{name}>"
    if address.startswith("page:"):
        return f'<a linktype="page" id="{address.removeprefix("page:")}">{inside}</a>'
    return f'<a href="{escape(address)}">{inside}</a>'


HTML = Writer(html_text, lambda text: f"<code>{html_text(text)}</code>", html_mark)


# Both --------------------------------------------------------------------------------------------------------------


def with_addresses(nodes: Iterable[Node], change: Callable[[str], str | None]) -> tuple[Node, ...]:
    """The same with other addresses in its links; a link whose address becomes None loses it."""
    return tuple(_readdress(node, change) for node in nodes)


def _readdress(node: Node, change: Callable[[str], str | None]) -> Node:
    if isinstance(node, Line):
        return replace(node, spans=_spans(node.spans, change))
    if isinstance(node, Listing):
        items = tuple(
            Item(_spans(item.spans, change), tuple(_readdress(inner, change) for inner in item.inner))  # type: ignore[misc]
            for item in node.items
        )
        return replace(node, items=items)
    return node


def _spans(spans: tuple[Span, ...], change: Callable[[str], str | None]) -> tuple[Span, ...]:
    changed = []
    for span in spans:
        marks = {mark if mark[0] != "a" else ("a", change(mark[1])) for mark in span.marks}
        changed.append(replace(span, marks=frozenset(mark for mark in marks if mark[1] is not None)))  # type: ignore[misc]
    return merged(changed)
