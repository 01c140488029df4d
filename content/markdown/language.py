"""Canonical rich text ↔ Markdown, exactly: what Markdown cannot say, `written` does not try to say."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from content.markdown.rich import Item, Line, Listing, Mark, Node, Rule, Span, Writer, marked, nodes_of

markdown = MarkdownIt("commonmark", {"html": False})
markdown.normalizeLink = lambda url: url  # type: ignore[method-assign]  # an address stays as it was written


def line_break(state: StateInline, silent: bool) -> bool:
    """`<br>`, where a backslash at the end of a line will not do: in headings, and at the ends of a paragraph."""
    if not state.src.startswith("<br>", state.pos):
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos += 4
    return True


markdown.inline.ruler.before("autolink", "line_break", line_break)
#: A paragraph of which only this is written is an empty one.
EMPTY = "\\"
HEADS = {"p": "", "h2": "## ", "h3": "### "}
#: What would begin something else at the start of a line.
BEGINS = re.compile(r"(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|-+\s*$|~{3}|:::)|(\d{1,9})(?=[.)](?:\s|$))")
SPECIAL = re.compile(r"[\\`*\[\]<]|!$|&(?=[#\w])|(?<![^\W_])_|_(?![^\W_])")
PLAIN_ADDRESS = re.compile(r"(?:[\w/:.?=%~+,;@!$'#-]|&(?![#\w]+;))+", re.ASCII)


def read(text: str) -> tuple[Node, ...]:
    """Markdown as rich text."""
    tokens = markdown.parse(text)
    for token in tokens:
        if token.type == "inline" and token.content == EMPTY:
            token.children = []
    return nodes_of(_rendered(tokens))


def _rendered(tokens: Sequence[Token]) -> str:
    html: str = markdown.renderer.render(tokens, markdown.options, {})
    return html


def written(nodes: Iterable[Node]) -> str | None:
    """Markdown that `read` turns into the same again; None where there is none."""
    nodes = tuple(nodes)
    for italic in ("*", "_"):
        text = "\n\n".join(_blocks(nodes, Writer(_text, _code, _mark_with(italic))))
        if read(text) == nodes:
            return text
    return None


def _blocks(nodes: Sequence[Node], writer: Writer) -> list[str]:
    said: list[str] = []
    before: Node | None = None
    other = False
    for node in nodes:
        if isinstance(node, Listing):
            follows = isinstance(before, Listing) and before.ordered == node.ordered
            other = follows and not other
            said.append(_listing(node, writer, other))
        else:
            said.append("---" if isinstance(node, Rule) else _line(node, writer))
        before = node
    return said


def _line(line: Line, writer: Writer) -> str:
    text = _words(line.spans, writer)
    if line.kind == "p":
        return _lines(text) or EMPTY
    text = text.replace(BREAK, "<br>")
    return HEADS[line.kind] + (text[:-1] + "\\#" if text.endswith("#") else text)


def _listing(listing: Listing, writer: Writer, other: bool) -> str:
    """`other` chooses the second kind of marker, by which two lists in a row are told apart."""
    said = []
    for number, item in enumerate(listing.items, 1):
        marker = (f"{number}{')' if other else '.'} ") if listing.ordered else ("* " if other else "- ")
        indent = "\n" + " " * len(marker)
        said.append((marker + indent.join(_item(item, writer).split("\n"))).rstrip(" "))
    return "\n".join(said)


def _item(item: Item, writer: Writer) -> str:
    return "\n".join([_lines(_words(item.spans, writer)) or EMPTY, *_blocks(item.inner, writer)])


def _lines(text: str) -> str:
    """One to each line break, but where nothing would be on it."""
    text = re.sub(f"^{BREAK}+|{BREAK}+$|{BREAK}{{2,}}", lambda found: "<br>" * len(found[0]), text)
    return "\\\n".join(_beginning(part) for part in text.split(BREAK))


def _beginning(line: str) -> str:
    """Without the look of a heading, a list, a quotation or a fence."""
    found = BEGINS.match(line)
    if not found:
        return line
    at = found.end(1) if found[1] else 0
    return f"{line[:at]}\\{line[at:]}"


def _words(spans: tuple[Span, ...], writer: Writer) -> str:
    return mend(marked(spans, writer))


def _text(text: str) -> str:
    return BREAK if text == "\n" else "".join(_unseen(letter) for letter in SPECIAL.sub(r"\\\g<0>", text))


def _code(text: str) -> str:
    """Between more backticks than stand in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    edges = text.startswith("`") or text.endswith("`") or (text[0] == text[-1] == " " and text.strip(" "))
    inside = f" {text} " if edges else text
    return "`" * (longest + 1) + inside + "`" * (longest + 1)


def _unseen(letter: str) -> str:
    """Blanks that Markdown would drop, by number."""
    if letter == "\xa0":
        return "&nbsp;"
    odd = letter != " " and (letter.isspace() or unicodedata.category(letter) in ("Cc", "Cf", "Co"))
    sayable = letter != "\u200d" and not "\x7f" <= letter < "\xa0"  # a joiner of emoji; what no number may name
    return f"&#{ord(letter)};" if odd and sayable else letter


#: Stand for the marks' signs until their neighbours are known.
OPEN, CLOSE, BREAK = "\ue000", "\ue001", "\ue002"


def _mark_with(italic: str) -> Callable[[Mark, str], str]:
    def say(mark: Mark, inside: str) -> str:
        name, address = mark
        if name == "a":
            return f"[{inside}]({_address(address)})"
        sign = "**" if name == "b" else italic
        return f"{OPEN}{sign}{inside}{sign}{CLOSE}"

    return say


def _address(address: str) -> str:
    if PLAIN_ADDRESS.fullmatch(address):
        return address
    return "<" + re.sub(r"[\\<>]", r"\\\g<0>", address).replace("&", "&amp;") + ">"


SIGNS = r"[*_]+"
INNER_BLANK = re.compile(rf"({OPEN}{SIGNS}(?:{OPEN}{SIGNS})*) | ({SIGNS}{CLOSE}(?:{SIGNS}{CLOSE})*)")


def mend(text: str) -> str:
    """Marks beside blanks and signs are not read as marks: the letter in the way is written by its number."""
    text = INNER_BLANK.sub(lambda found: f"{found[1]}&#32;" if found[1] else f"&#32;{found[2]}", text)
    # A sign just inside needs a sign or a blank just outside.
    text = re.sub(rf"([^\W_])((?:{OPEN}{SIGNS})+)(?=[^\w\s{OPEN}])", lambda m: f"&#{ord(m[1])};{m[2]}", text)
    text = re.sub(rf"(?<=[^\w\s{CLOSE}])((?:{SIGNS}{CLOSE})+)([^\W_])", lambda m: f"{m[1]}&#{ord(m[2])};", text)
    return text.replace(OPEN, "").replace(CLOSE, "")
