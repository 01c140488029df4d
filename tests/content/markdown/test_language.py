"""Rich text ↔ Markdown: what is written reads back as the same, whatever the letters."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.blocks import BodyBlock
from content.markdown import bodies, language, rich

LETTERS = st.text(st.sampled_from("ab é*_[]<>&#\\`-+=.1)(!:~|\n\xa0\u2003😀\u200b'\"/ {}"), max_size=8)
ADDRESSES = st.sampled_from(["/x/", "https://e.example/a_b?c=d&amp=e", "#top", "/ä (b)/<c>", "mailto:x@y.example"])
MARKS = st.sets(st.sampled_from([rich.BOLD, rich.ITALIC, rich.CODE]), max_size=2)


@st.composite
def words(draw: st.DrawFn) -> str:
    def span() -> rich.Span:
        link = {("a", draw(ADDRESSES))} if draw(st.booleans()) else set()
        return rich.Span(draw(LETTERS).replace("\n", " "), frozenset(draw(MARKS) | link))

    spans = [rich.Span("\n") if draw(st.integers(0, 5)) == 0 else span() for _span in range(draw(st.integers(0, 4)))]
    return rich.marked(tuple(one for one in spans if one.text), rich.HTML)


LINES = st.tuples(st.sampled_from(["p", "h2", "h3"]), words()).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>")
LISTS = st.recursive(
    st.just(""),
    lambda inner: st.tuples(
        st.sampled_from(["ul", "ol"]), st.lists(st.tuples(words(), inner), min_size=1, max_size=3)
    ).map(lambda pair: f"<{pair[0]}>{''.join(f'<li>{said}{more}</li>' for said, more in pair[1])}</{pair[0]}>"),
    max_leaves=4,
)
TEXTS = st.lists(st.one_of(LINES, LISTS, st.just("<hr/>")), max_size=4).map("".join)
PLAIN = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
BLOCKS = st.one_of(
    TEXTS.map(lambda html: {"type": "text", "value": rich.html_of(rich.nodes_of(html))}),
    PLAIN.map(lambda text: {"type": "pull", "value": text}),
    st.builds(lambda text, source: {"type": "quote", "value": {"text": text, "source": source}}, PLAIN, PLAIN),
    st.lists(st.fixed_dictionaries({"title": PLAIN, "address": PLAIN, "good_for": PLAIN}), max_size=2).map(
        lambda entries: {"type": "resources", "value": entries}
    ),
    st.fixed_dictionaries({"title": PLAIN, "text": PLAIN, "label": PLAIN, "address": PLAIN}).map(
        lambda fields: {"type": "act", "value": fields}
    ),
)
slowly = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@slowly
@given(TEXTS)
def test_canonical_html_is_its_own_canonical_form(html: str):
    canonical = rich.html_of(rich.nodes_of(html))
    assert rich.html_of(rich.nodes_of(canonical)) == canonical


@slowly
@given(st.lists(BLOCKS, max_size=4))
def test_every_body_reads_back_block_for_block(body: list[dict]):
    assert bodies.read(bodies.write(body)) == body


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>one <b>two <i>three</i></b></p>", "one **two *three***"),
        ("<p><b>a</b><i>b</i></p>", "**a***b*"),
        ("<p><b>(so)</b>then</p>", "**(so)**&#116;hen"),
        ("<p><b>a </b>b</p>", "**a&#32;**&#98;"),
        ("<p>a<br/>b</p><h2>c<br/>d</h2>", "a\\\nb\n\n## c<br>d"),
        ("<p></p><p># a</p><p>1. b</p><p>- c</p><p>:::d</p>", "\\\n\n\\# a\n\n1\\. b\n\n\\- c\n\n\\:::d"),
        ("<ul><li>a<ol><li>b</li></ol></li></ul><ul><li>c</li></ul>", "- a\n  1. b\n\n* c"),
        ("<p>snake_case and _so_</p>", "snake_case and \\_so\\_"),
        ('<p><a href="/x/"><b>a</b> b</a></p>', "[**a** b](/x/)"),
        ("<p>a &lt;b&gt; &amp;amp; c\xa0d</p>", "a \\<b> \\&amp; c&nbsp;d"),
    ],
)
def test_markdown_is_what_a_person_would_write(html: str, markdown: str):
    nodes = rich.nodes_of(html)
    assert language.written(nodes) == markdown
    assert rich.html_of(language.read(markdown)) == html


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>a<script>x</script><span>b</span></p>", "<p>ab</p>"),
        ('<p><a href=" java\tscript:x">a</a></p>', "<p>a</p>"),
        ("<h1>a</h1><blockquote><p>b</p></blockquote>", "<h2>a</h2><p>b</p>"),
        ("<ul>\n<li><p>a</p><p>b</p></li>\n</ul>", "<ul><li>a<br/>b</li></ul>"),
        ("<p> a  <b> b</b></p>", "<p>a <b>b</b></p>"),
    ],
)
def test_only_what_the_editor_knows_is_kept(html: str, kept: str):
    assert rich.html_of(rich.nodes_of(html)) == kept


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("fine\n\n:::act\ntitle: x", 3),
        ("a\n\n:::nothing\nx\n:::", 3),
        (":::act yaml\na: [\n:::", 1),
        (":::pull\nx\n:::\n\n:::\n", 5),
    ],
)
def test_a_broken_fence_says_where(text: str, line: int):
    with pytest.raises(bodies.BadText) as error:
        bodies.read(text)
    assert error.value.line == line


def test_there_is_a_body_for_every_kind_of_block():
    assert {"text", "pull", "quote", "picture", "table", "embed", "sources", "resources", "act"} <= set(
        BodyBlock().child_blocks
    )
