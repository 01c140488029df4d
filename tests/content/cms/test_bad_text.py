"""Whatever is posted in the place of the editor's form: cleaned, or refused where it stands, never a 500."""

import json

import pytest
from django.urls import reverse

from content.pages.articles import ArticleIndexPage, ArticlePage
from tests.cast import client_of
from tests.content.cms.forms import article_form, newest

pytestmark = pytest.mark.django_db

FROM_A_WORD_PROCESSOR = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{color:red}
</style></head><body><h2 style="mso-style-link:x">What they said</h2><p class="MsoNormal" onclick="steal()">
<span style="font-family:Calibri;mso-fareast-language:EN">We <b style="mso-bidi-font-weight:normal">sat</b> beside
<a href="javascript:steal()">her</a> and <a href="https://example.org/form">him</a>.<o:p></o:p></span></p>
<table><tr><td>one cell</td></tr></table><img src="data:image/png;base64,iVBORw0KGgo=" onerror="steal()">
<iframe src="https://elsewhere.example"></iframe><script>steal()</script>
<ul><li dir="ltr">a point</li></ul></body></html>"""


@pytest.fixture
def post(site_pages, author):
    """Posts the form for a new article as an author."""
    add = reverse("wagtailadmin_pages:add", args=["content", "articlepage", ArticleIndexPage.objects.get().pk])
    return lambda data: client_of(author).post(add, data)


def state(*blocks: dict, entities: dict | None = None) -> str:
    """The editor's own format."""
    bare = {"type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": [], "data": {}}
    whole = [bare | {"key": f"b{number}"} | block for number, block in enumerate(blocks)]
    return json.dumps({"blocks": whole, "entityMap": entities or {}})


def kept() -> str:
    """The text of the newest article, as it would be published."""
    return str(newest().get_latest_revision_as_object().body[0].value.source)


FORBIDDEN = ("<script", "<table", "<img", "<iframe", "<style", "style=", "onclick", "javascript:", "mso-")


def test_text_of_a_word_processor_is_cleaned(post):
    """As HTML in the place of the editor's own format, which its converter would choke on."""
    assert post(article_form(body=[("text", FROM_A_WORD_PROCESSOR)])).status_code == 302
    text = kept()
    assert [sign for sign in FORBIDDEN if sign in text] == []
    for wanted in ("<h2", "What they said", "<b>sat</b>", 'href="https://example.org/form"', "a point</li>"):
        assert wanted in text


def test_what_the_features_offer_is_kept_from_html_too(post):
    typed = "<p>One<br>two <code>x = 1</code></p><hr><p>Three</p>"
    assert post(article_form(body=[("text", typed)])).status_code == 302
    assert [sign for sign in ("<br", "<code>x = 1</code>", "<hr", "Three") if sign not in kept()] == []


def test_what_the_features_do_not_offer_is_not_kept(post):
    blocks = [
        {"text": "a", "type": "code-block"},
        {"text": "b", "inlineStyleRanges": [{"offset": 0, "length": 1, "style": "STRIKETHROUGH"}]},
        {"text": "link", "entityRanges": [{"offset": 0, "length": 4, "key": 0}]},
        {"text": " ", "type": "atomic", "entityRanges": [{"offset": 0, "length": 1, "key": 1}]},
    ]
    entities = {
        "0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:steal()"}},
        "1": {"type": "EMBED", "mutability": "IMMUTABLE", "data": {"url": "https://elsewhere.example"}},
    }
    assert post(article_form(body=[("text", state(*blocks, entities=entities))])).status_code == 302
    assert [sign for sign in (*FORBIDDEN, "<s>", "<code", "<embed", "elsewhere") if sign in kept()] == []


@pytest.mark.parametrize(
    "value",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        '{"blocks": 3, "entityMap": {}}',
        '{"blocks": [{}], "entityMap": {}}',
        state({"text": "x", "entityRanges": [{"offset": 0, "length": 1, "key": 9}]}),
        state({"text": "x", "depth": -4, "type": 5}),
        state({"text": "x", "inlineStyleRanges": [{"offset": "a", "length": None, "style": {}}]}),
    ],
)
def test_a_broken_text_is_a_form_with_an_error_or_a_text_without_it(post, value):
    assert post(article_form(body=[("text", value)])).status_code in (200, 302)


def test_signs_that_no_database_keeps_are_dropped(post):
    assert post(article_form(body=[("text", state({"text": "be\x00fore \ud800after"}))])).status_code == 302
    assert "before after" in kept()


@pytest.mark.parametrize("field", ["title", "standfirst", "slug"])
def test_a_nul_is_refused_in_its_field(post, field):
    answer = post(article_form(**{field: "a\x00b"}))
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"body-count": "many"},
        {"body-count": "999999999"},
        {"body-count": "3"},
        {"body-count": "-1"},
        {"body-0-order": "first"},
        {"body-0-type": "../../etc"},
        {"body-0-type": ""},
        {"comments-TOTAL_FORMS": "x"},
        {"shown_at": "yesterday"},
        {"series_part": "99999999999999999999"},
        {"go_live_at": "2026-13-45 99:99"},
    ],
)
def test_a_form_that_no_editor_wrote_is_no_fault_of_ours(post, change):
    assert post(article_form() | change).status_code in (200, 302, 400)


def test_a_text_far_too_long_is_no_fault_of_ours(post):
    answer = post(article_form(body=[("text", state({"text": "word " * 1_000_000}))]))
    assert answer.status_code in (200, 302, 400, 413)


@pytest.mark.parametrize("slug", ["feed", "topics", "series", "authors"])
def test_an_article_cannot_stand_where_the_site_has_something_else(post, slug):
    answer = post(article_form(slug=slug))
    message = f"/articles/{slug}/ is a part of this site already. Choose another slug."
    assert answer.context["form"].errors["slug"] == [message]


@pytest.mark.parametrize("slug", ["clubs", "me", "cms", "search", "static", "media", "accounts", "documents", "join"])
def test_a_page_cannot_stand_where_the_site_has_something_else(site_pages, editor, slug):
    add = reverse("wagtailadmin_pages:add", args=["content", "standardpage", site_pages.pk])
    answer = client_of(editor).post(add, article_form(slug=slug))
    assert answer.context["form"].errors["slug"] == [f"/{slug}/ is a part of this site already. Choose another slug."]


def test_the_pages_that_hold_such_addresses_can_still_be_edited(site_pages, editor):
    index = ArticleIndexPage.objects.get()
    path = reverse("wagtailadmin_pages:edit", args=[index.pk])
    assert client_of(editor).post(path, article_form(slug=index.slug) | {"introduction": "New."}).status_code == 302


def test_a_slug_that_exists_is_refused_and_the_form_kept(post):
    post(article_form())
    answer = post(article_form(title="Another", slug="nine-fields"))
    assert "already in use" in answer.context["form"].errors["slug"][0]
    assert "Another" in answer.text
