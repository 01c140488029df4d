"""Text from people, as a small Markdown. What is not on the list below comes out as the text it was."""

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

RULES = [
    "paragraph",
    "emphasis",
    "link",
    "autolink",
    "list",
    "blockquote",
    "backticks",
    "fence",
    "newline",
    "escape",
    "entity",
]
TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre"}
SCHEMES = {"http", "https", "mailto"}

_parser = MarkdownIt("zero", {"breaks": True, "html": False, "maxNesting": 12}).enable(
    [rule for rule in RULES if rule != "paragraph"]
)


def markdown(text: str) -> SafeString:
    """Safe HTML; links say `nofollow ugc`, for the one who wrote them is not us."""
    html = _parser.render(text.replace("\x00", ""))
    clean = nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel="nofollow ugc noopener"
    )
    return SafeString(clean)
