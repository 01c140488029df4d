"""The small Markdown of a comment, its preview, and what happens to earlier words."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from conversation.models import Comment, EarlierWords, PendingComment
from tests import cast
from tests.conversation.conftest import filled, rendered, say, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("*soft* and **loud**", "<p><em>soft</em> and <strong>loud</strong></p>"),
        ("[us](https://a.example/)", '<p><a href="https://a.example/" rel="nofollow ugc noopener">us</a></p>'),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("`code`", "<p><code>code</code></p>"),
        ("```\ncode < here\n```", "<pre><code>code &lt; here\n</code></pre>"),
    ],
)
def test_the_small_markdown(target, typed, stands):
    say(target, typed)
    assert stands in rendered(target, AnonymousUser())


@pytest.mark.parametrize(
    "typed",
    [
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![x](https://a.example/x.png)",
        '<a href="https://a.example" style="position:fixed">x</a>',
        "# <b>Heading</b>",
    ],
)
def test_nothing_else_gets_through(target, typed):
    say(target, typed)
    page = rendered(target, AnonymousUser())
    found = [
        word
        for word in ("<img", "<h1", "<b>Heading", 'href="javascript', '<a href="https://a.example"')
        if word in page
    ]
    assert found == []


def test_a_preview_shows_the_words_and_keeps_nothing(target, person):
    form = filled(target, text="*so* it looks", name="")
    piece = Client().post("/comments/preview/", form, headers={"HX-Request": "true"}).content.decode()
    page = Client().post("/comments/preview/", form).content.decode()
    ally = cast.client_of(person).post("/comments/preview/", form).content.decode()
    assert ("<html" in piece, "<html" in page) == (False, True)
    assert ["<em>so</em> it looks" in answer for answer in (piece, page, ally)] == [True] * 3
    assert ("*so* it looks</textarea>" in page, "Not sent yet." in page) == (True, False)
    assert (Comment.objects.count(), PendingComment.objects.count()) == (0, 0)


@pytest.mark.parametrize("text", ["", "a\x00b", "x" * 100_000, "<script>alert(1)</script>"])
def test_a_preview_bears_anything(target, text):
    answer = Client().post("/comments/preview/", filled(target, text=text))
    assert (answer.status_code, b"<script>alert" in answer.content) == (200, False)


def test_a_preview_of_a_page_that_cannot_be_seen_is_missing(target, house):
    house.visible = False
    assert Client().post("/comments/preview/", filled(target)).status_code == 404


def test_too_long_says_by_how_much_and_keeps_it(target):
    page = send(target, text="x" * 4_001).content.decode()
    assert ("4,000 letters; this one has 4001" in page, "x" * 4_001 in page) == (True, True)


def test_what_was_said_before_an_edit_is_kept_for_those_who_moderate(target, person):
    comment, client = say(target, "Frist.", user=person), cast.client_of(person)
    for words in ("First.", "First.", "First word."):
        client.post(f"/comments/{comment.pk}/edit/", {"text": words})
    assert list(EarlierWords.objects.values_list("text", flat=True)) == ["First.", "Frist."]
    assert "Frist." not in rendered(target, AnonymousUser())
    client.post(f"/comments/{comment.pk}/delete/")
    assert EarlierWords.objects.count() == 0
