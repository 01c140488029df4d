"""WordPress's own ways of writing, turned into plain HTML: paragraphs by blank lines, shortcodes, block comments."""

import re
from collections.abc import Callable
from html import escape, unescape

import nh3

BLOCK_NAMES = (
    "address|article|aside|blockquote|center|details|div|dl|dd|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|"
    "iframe|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video|audio"
)
AT_A_BLOCK = re.compile(rf"^</?(?:{BLOCK_NAMES})\b", re.IGNORECASE)
AROUND_BLOCKS = re.compile(rf"[ \t]*(</?(?:{BLOCK_NAMES})\b[^>]*>)[ \t]*", re.IGNORECASE)
LINE_END = re.compile(r"(?:<br ?/?>)?\n")
PRE = re.compile(r"<pre\b.*?</pre>", re.IGNORECASE | re.DOTALL)
SHORTCODE = re.compile(r"\[(?P<end>/)?(?P<name>[a-z][\w-]*)(?P<given>(?:\s[^\[\]]*)?)\](?!\()", re.IGNORECASE)
GIVEN = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))|"([^"]*)"|(\S+)""")
BLOCK = re.compile(r"<!--\s+wp:([a-z][\w/-]*)\s*(\{.*?\})?\s*(/?)-->", re.DOTALL)
#: Blocks whose HTML says it all.
KNOWN_BLOCKS = frozenset(
    [
        "paragraph",
        "heading",
        "list",
        "list-item",
        "quote",
        "pullquote",
        "image",
        "gallery",
        "table",
        "embed",
        "code",
        "preformatted",
        "verse",
        "separator",
        "spacer",
        "buttons",
        "button",
        "columns",
        "column",
        "group",
        "cover",
        "media-text",
        "more",
        "nextpage",
        "freeform",
        "html",
        "shortcode",
        "details",
        "audio",
        "video",
        "file",
        "row",
        "stack",
        "social-links",
        "classic",
        "core-embed/youtube",
        "core-embed/vimeo",
    ]
)
TAGS = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "hr",
    "br",
    "b",
    "strong",
    "i",
    "em",
    "a",
    "blockquote",
    "cite",
    "q",
    "pre",
    "code",
    "figure",
    "figcaption",
    "img",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "div",
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "main",
    "span",
    "iframe",
    "video",
    "audio",
    "source",
    "details",
    "summary",
    "dl",
    "dt",
    "dd",
    "center",
    "address",
    "del",
    "ins",
    "u",
    "s",
    "sub",
    "sup",
    "small",
    "mark",
    "kbd",
    "abbr",
}
ATTRIBUTES = {
    "*": {"class"},
    "a": {"href"},
    "img": {"src", "alt", "data-id"},
    "iframe": {"src"},
    "video": {"src"},
    "audio": {"src"},
    "source": {"src"},
}
Note = Callable[[str], None]


def plain_html(content: str, note: Note) -> str:
    """Well-formed HTML of few tags. What it cannot understand stays as text and is noted."""
    is_blocks = "<!-- wp:" in content
    if is_blocks:
        note_blocks(content, note)
    content = shortcodes(content.replace("\r\n", "\n").replace("\r", "\n"), note)
    if not is_blocks:
        content = paragraphs(content)
    return cleaned(content)


def cleaned(html: str) -> str:
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, link_rel=None, url_schemes={"http", "https", "mailto", "tel"}
    )


def note_blocks(content: str, note: Note) -> None:
    for block in BLOCK.finditer(content):
        name = block[1].removeprefix("core/")
        if name in KNOWN_BLOCKS and not (block[3] and name not in ("more", "nextpage", "spacer", "separator")):
            continue
        kept = "it is made when the page is shown: nothing of it is in the file" if block[3] else "its text is kept"
        note(f"the block “{name}” is not known here; {kept}")


def paragraphs(text: str) -> str:
    """As WordPress makes paragraphs of blank lines, and breaks of the others."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\n\n<pre>{len(kept) - 1}</pre>\n\n"

    text = AROUND_BLOCKS.sub(r"\n\n\1\n\n", PRE.sub(keep, text))
    said = []
    inline_depth = 0
    for piece in re.split(r"\n\s*\n", text):
        piece = piece.strip()
        if not piece or AT_A_BLOCK.match(piece):
            said.append(piece)
            inline_depth += tight(piece)
        elif inline_depth > 0:  # inside a heading, an entry of a list, a cell: no paragraph of its own
            said.append(piece.replace("\n", "<br>"))
        else:
            said.append(f"<p>{LINE_END.sub('<br>', piece)}</p>")
    html = "\n".join(said)
    return re.sub(r"<pre>(\d+)</pre>", lambda found: kept[int(found[1])] if int(found[1]) < len(kept) else "", html)


def tight(tag: str) -> int:
    found = re.match(r"<(/?)(h[1-6]|li|td|th|dt|dd|p|figcaption|summary)\b", tag, re.IGNORECASE)
    return 0 if not found else -1 if found[1] else 1


# Shortcodes --------------------------------------------------------------------------------------------------------


def shortcodes(text: str, note: Note) -> str:
    """One pass from the left; what is inside a known pair is handed to it whole."""
    said, at = [], 0
    while found := SHORTCODE.search(text, at):
        said.append(text[at : found.start()])
        name, given = found["name"].lower(), given_in(found["given"])
        if found["end"] or name not in KNOWN:
            if is_shortcode(text, found):
                note(f"the shortcode [{name}] is not known here; it stands in the text")
            said.append(found[0])
            at = found.end()
            continue
        end = text.find(f"[/{found['name']}]", found.end()) if not found["given"].rstrip().endswith("/") else -1
        inside = text[found.end() : end] if end >= 0 else ""
        said.append(f"\n\n{KNOWN[name](given, inside)}\n\n")
        at = end + len(name) + 3 if end >= 0 else found.end()
    return "".join([*said, text[at:]])


def is_shortcode(text: str, found: re.Match[str]) -> bool:
    """Not the [sic] of a careful writer."""
    return bool("=" in found["given"] or re.search(r"[_-]", found["name"]) or (f"[/{found['name']}]" in text))


def given_in(text: str) -> dict[str, str]:
    given = {}
    for place, found in enumerate(GIVEN.finditer(unescape(text.strip().rstrip("/")))):
        value = next((part for part in found.groups()[1:] if part is not None), "")
        given[found[1].lower() if found[1] else str(place)] = value
    return given


def caption(given: dict[str, str], inside: str) -> str:
    picture = re.search(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", inside, re.IGNORECASE)
    if not picture:
        return inside
    said = given.get("caption") or inside[picture.end() :].strip()
    return f"<figure>{picture[0]}<figcaption>{said}</figcaption></figure>"


def gallery(given: dict[str, str], _inside: str) -> str:
    numbers = re.findall(r"\d+", given.get("ids") or given.get("include") or "")
    return "".join(f'<figure><img class="wp-image-{number}" src="" alt=""></figure>' for number in numbers)


def played(given: dict[str, str], inside: str) -> str:
    values = [inside.strip(), given.get("src", ""), given.get("url", ""), given.get("0", ""), *given.values()]
    address = next((value for value in values if re.match(r"https?://", value)), "")
    return (
        f'<figure class="wp-block-embed"><a href="{escape(address)}">{escape(address)}</a></figure>'
        if address
        else inside
    )


KNOWN: dict[str, Callable[[dict[str, str], str], str]] = {
    "caption": caption,
    "wp_caption": caption,
    "gallery": gallery,
    **dict.fromkeys(("embed", "audio", "video", "youtube", "vimeo"), played),
}
