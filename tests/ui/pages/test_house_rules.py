"""Rules that every template and stylesheet of the house keeps, whoever wrote it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = [
    path
    for path in sorted((ROOT / "templates").rglob("*.html"))
    if not {"mail", "email", "cms", "wagtailadmin"} & set(path.relative_to(ROOT / "templates").parts)
]
STYLES = sorted((ROOT / "site" / "static" / "css").rglob("*.css"))

INLINE = re.compile(
    r"""\sstyle\s*=        # a style attribute
    |<style\b
    |\son[a-z]+\s*=\s*["'] # an event handler
    |\bhx-on\b
    |javascript:
    |<script\b(?![^>]*\bsrc=)(?![^>]*type="application/(?:json|ld\+json)")""",
    re.VERBOSE | re.IGNORECASE,
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_template_has_inline_style_or_script(path: Path) -> None:
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        '<p style="x">',
        "<style>",
        '<a onclick="x()">',
        "<script>x()</script>",
        '<a href="javascript:x">',
        '<b hx-on:x="">',
    ],
)
def test_the_rule_finds_what_it_looks_for(source: str) -> None:
    assert INLINE.search(source)


@pytest.mark.parametrize(
    "source",
    ['<script src="x"></script>', '<script type="application/json">{}</script>', '<p data-style="x" class="on">'],
)
def test_the_rule_lets_pass_what_is_allowed(source: str) -> None:
    assert not INLINE.search(source)


@pytest.mark.parametrize("path", [*TEMPLATES, *STYLES], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_and_no_stylesheet_is_too_long(path: Path) -> None:
    limit = 120 if path.suffix == ".html" else 300
    assert len(path.read_text().splitlines()) <= limit


#: Stands beside Wagtail's own, which know no layers and would win over ours.
OUTSIDE = {"cms.css"}


@pytest.mark.parametrize("path", [path for path in STYLES if path.name not in OUTSIDE], ids=lambda path: path.name)
def test_every_rule_of_a_stylesheet_lies_in_a_layer(path: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert css.count("{") == css.count("}")
    outside, depth, kept = "", 0, []
    for character in css:
        if character == "{" and depth == 0:
            kept.append(outside.strip().split("\n")[-1].strip())
            outside = ""
        depth += {"{": 1, "}": -1}.get(character, 0)
        outside += character if depth == 0 and character != "}" else ""
    assert all(head.startswith("@layer ") for head in kept)
    assert all(line.startswith(("@import", "@layer")) for line in outside.strip().splitlines() if line.strip())
