"""An article's body as a mail holds it: plain HTML that every program shows, and the same as text."""

from collections.abc import Iterator

import nh3
from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.safestring import SafeString, mark_safe

from content.feed_texts import full_texts
from content.pages.articles import ArticlePage

SAID = {"p", "h2", "h3", "b", "strong", "i", "em", "code", "ul", "ol", "li", "blockquote", "hr", "br", "a", "sup"}
TAGS = SAID | {"img", "table", "caption", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}}
APART = {"p", "h2", "h3", "ul", "ol", "blockquote", "table", "hr", "tr", "caption"}


def html_of(article: ArticlePage) -> SafeString:
    """The standfirst and the body: what a feed holds, less what mail programs do not show."""
    ((_article, html),) = full_texts([article])
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto", "tel"})
    return mark_safe(clean)


def text_of(html: str) -> str:
    """Paragraphs with an empty line between; a link's address stands behind its words, a picture is its description."""
    paragraphs = "".join(_said(BeautifulSoup(html, "html.parser"))).split("\n\n")
    return "\n\n".join(filter(None, ("\n".join(_lines(one)) for one in paragraphs)))


def _lines(paragraph: str) -> Iterator[str]:
    for line in paragraph.split("\n"):
        if words := " ".join(line.split()):
            yield words


def _said(element: Tag) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, NavigableString):
            yield " ".join(["", *child.split(), ""]) if child.strip() else " "
        elif isinstance(child, Tag):
            yield from _tag(child)


def _tag(tag: Tag) -> Iterator[str]:
    inside = "".join(_said(tag))
    if tag.name == "br":
        yield "\n"
    elif tag.name == "hr":
        yield "\n\n* * *\n\n"
    elif tag.name == "img":
        yield f"[{tag.get('alt')}]" if tag.get("alt") else ""
    elif tag.name == "a":
        address = str(tag.get("href") or "")
        yield inside if not address or address == inside.strip() else f"{inside.rstrip()} ({address})"
    elif tag.name == "li":
        yield f"\n{_mark(tag)} {inside.strip()}"
    elif tag.name in ("td", "th"):
        yield f"{inside.strip()} | " if tag.find_next_sibling() else inside.strip()
    elif tag.name == "tr":
        yield f"\n{inside}"
    elif tag.name in APART:
        yield f"\n\n{inside}\n\n"
    else:
        yield inside


def _mark(item: Tag) -> str:
    if item.parent is None or item.parent.name != "ol":
        return "-"
    return f"{1 + len(item.find_previous_siblings('li'))}."
