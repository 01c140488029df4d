"""Where the links of editors may lead."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.blocks import StreamBlockValidationError

from content.addresses import for_elsewhere, is_safe
from content.blocks import BodyBlock
from content.pages.home import HomePage
from content.pages.primer import ChapterPage
from tests.content.makers import make_article

SCRIPT = "javascript:alert(document.cookie)"


@pytest.mark.parametrize(
    "address",
    ["/", "/primer/", "/a?b=c#d", "https://doi.org/10.1086/225469", "HTTP://elsewhere.example", "mailto:a@b.example"],
)
def test_pages_of_this_site_the_web_and_mail_are_fine(address):
    assert is_safe(address)


@pytest.mark.parametrize(
    "address",
    [
        SCRIPT,
        " javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "https:///evil",
        "primer/",
        "",
        "/\x00",
        "/fine\njavascript:x",
    ],
)
def test_nothing_else_is(address):
    assert not is_safe(address)


@pytest.mark.parametrize(
    "block",
    [
        ("act", {"title": "Do", "text": "", "label": "Go", "address": SCRIPT}),
        ("resources", [{"title": "Read", "address": SCRIPT, "good_for": "nothing"}]),
    ],
)
def test_a_block_with_a_script_is_refused(block):
    body = BodyBlock()
    with pytest.raises(StreamBlockValidationError):
        body.clean(body.to_python([{"type": block[0], "value": block[1]}]))


@pytest.mark.parametrize(
    ("model", "field"),
    [(HomePage, "primary_address"), (HomePage, "secondary_address"), (ChapterPage, "exercise_address")],
)
def test_a_page_with_a_script_is_refused(model, field):
    for address, refused in ((SCRIPT, True), ("/primer/", False)):
        try:
            model._meta.get_field(field).clean(address, None)
        except ValidationError:
            assert refused
        else:
            assert not refused


def test_html_for_elsewhere_has_whole_links_and_no_scripts():
    html = '<a href="/primer/">a</a><a href="java&#10;script:x">b</a><img src="/media/x.jpg"><a href="https://c.example/?a=1&amp;b=2">c</a>'
    assert for_elsewhere(html, origin="https://here.example") == (
        '<a href="https://here.example/primer/">a</a><a>b</a><img src="https://here.example/media/x.jpg">'
        '<a href="https://c.example/?a=1&amp;b=2">c</a>'
    )


@pytest.mark.django_db
def test_a_script_that_was_stored_before_leaves_in_no_feed(site_pages):
    article = make_article()
    article.body.append(("act", {"title": "Do", "text": "", "label": "Go", "address": SCRIPT}))
    article.save()
    for path in ("/articles/feed/", "/feed.json"):
        page = Client().get(path).content.decode()
        assert ("First words" in page, "javascript:" in page) == (True, False)
