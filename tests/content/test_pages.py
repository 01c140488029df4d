"""Public pages: what they hold, who sees them, how many questions they ask the database."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html
from wagtail.models import PageViewRestriction

from content import pagecache
from content.keys import key_of, read_key
from content.models import ArticlePage, ChapterPage, HomePage, StandardPage
from content.starting import ensure_pages
from tests.cast import client_of
from tests.content.makers import make_article

pytestmark = pytest.mark.django_db


def queries_of(path: str) -> int:
    """Of a request that the page cache must not answer, with what Django remembers in a process already warm."""
    client = Client()
    client.cookies["sessionid"] = "nobody"
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_setting_up_twice_adds_nothing(site_pages):
    before = sorted(
        (page.pk, page.latest_revision_id)
        for model in (HomePage, ChapterPage, StandardPage)
        for page in model.objects.all()
    )
    ensure_pages()
    after = sorted(
        (page.pk, page.latest_revision_id)
        for model in (HomePage, ChapterPage, StandardPage)
        for page in model.objects.all()
    )
    assert before == after


def test_setting_up_again_keeps_what_an_editor_wrote(site_pages):
    chapter = ChapterPage.objects.get(slug="get-clear")
    chapter.summary = "Ours."
    chapter.save_revision().publish()
    ensure_pages()
    assert ChapterPage.objects.get(slug="get-clear").summary == "Ours."


def test_the_primer_has_four_chapters_of_600_to_1000_words_with_pull_quotes_and_an_exercise(site_pages):
    chapters = list(ChapterPage.objects.order_by("path"))
    assert [chapter.slug for chapter in chapters] == ["get-clear", "find-allies", "take-action", "keep-your-resolve"]
    for chapter in chapters:
        page = html.fromstring(Client().get(chapter.get_absolute_url()).content)
        (prose,) = page.cssselect(".prose")
        assert 600 <= len(prose.text_content().split()) <= 1_050, chapter.slug
        assert len(prose.cssselect(".pull")) >= 2
        assert page.cssselect(".do-now a.btn")[0].get("href").startswith("/")


@pytest.mark.parametrize(
    "path", ["/", "/primer/", "/articles/", "/about/", "/guidelines/", "/privacy/", "/who-sees-what/", "/how-we-count/"]
)
def test_a_visitor_reads_without_cookie_or_csrf_token(site_pages, path):
    response = Client().get(path)
    assert response.status_code == 200
    assert response.cookies == {}
    assert b"csrfmiddlewaretoken" not in response.content
    assert response["Cache-Control"] == "public, no-cache"


def test_a_draft_is_missing_everywhere(site_pages):
    make_article("Not yet", live=False, topics=("Handovers",))
    client = Client()
    assert client.get("/articles/not-yet/").status_code == 404
    for path in (
        "/",
        "/articles/",
        "/articles/feed/",
        "/feed.json",
        "/sitemap.xml",
        "/search/?q=yet",
        "/articles/topics/handovers/",
        "/articles/topics/handovers/feed/",
        "/articles/authors/auden-vale/",
    ):
        assert b"Not yet" not in client.get(path).content, path


def test_an_article_says_who_wrote_it_and_what_to_read_next(site_pages):
    make_article("Page four", topics=("Handovers",))
    page = html.fromstring(Client().get("/articles/page-four/").content)
    assert page.cssselect("h1")[0].text == "Page four"
    assert [link.get("href") for link in page.cssselect(".article__by a")] == [
        "/articles/authors/auden-vale/",
        "#comments",
    ]
    assert page.cssselect(".resources a")[0].get("href") == "/primer/get-clear/"
    data = json.loads(page.cssselect('script[type="application/ld+json"]')[0].text)
    assert [part["@type"] for part in data] == ["Article", "BreadcrumbList"]
    assert page.cssselect('link[rel="canonical"]')[0].get("href") == "http://groundswell.example/articles/page-four/"


def test_a_title_cannot_end_the_structured_data(site_pages):
    make_article("</script><b>x", slug="odd")
    content = Client().get("/articles/odd/").content.decode()
    assert "</script><b>x" not in content


def test_older_articles_are_paged_by_key_without_gap_or_double(site_pages):
    for number in range(30):
        make_article(f"Piece {number:02}")
    path, seen = "/articles/", []
    while path:
        page = html.fromstring(Client().get(path).content)
        seen += [title.text for title in page.cssselect(".piece h3 a")]
        more = page.cssselect(".pager a")
        path = f"/articles/{more[-1].get('href')}" if more else ""
    assert seen == [f"Piece {number:02}" for number in reversed(range(30))]


@pytest.mark.parametrize("text", ["", "x", "1-", "-1", "1-1-1", "9" * 30 + "-1", "1-" + "9" * 30, "٣-٣", "1\x00-2"])
def test_a_key_that_no_list_wrote_is_no_key(text):
    assert read_key(text) is None


def test_a_key_reads_back_to_the_microsecond(site_pages):
    article = make_article()
    article = ArticlePage.objects.get(pk=article.pk)
    assert read_key(key_of(article.shown_at, article.pk)) == (article.shown_at, article.pk)


@pytest.mark.parametrize(
    ("path", "most"),
    [("/", 12), ("/articles/", 12), ("/articles/feed/", 6), ("/feed.json", 6)],
)
def test_queries_do_not_grow_with_the_number_of_articles(site_pages, path, most, monkeypatch):
    monkeypatch.setattr(pagecache, "GENERATION_HOLDS", 3600.0)  # asked once a second otherwise, whatever the page
    counts = []
    for upto in (1, 3, 12):
        for number in range(ArticlePage.objects.count(), upto):
            make_article(f"Piece {number}", topics=("Handovers", "Listening"))
        counts.append(queries_of(path))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= most


def test_a_nul_in_the_address_is_a_bad_request(site_pages):
    assert Client().get("/search/?q=%00").status_code == 400


def test_a_closed_article_is_in_no_list_feed_or_search(site_pages):
    closed = make_article("Behind a door")
    make_article("In the open")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    for path in ("/", "/articles/", "/articles/feed/", "/feed.json", "/search/?q=bill"):
        content = Client().get(path).content
        assert (b"In the open" in content, b"Behind a door" in content) == (True, False), path
    assert Client().get("/articles/behind-a-door/").status_code == 302


@pytest.mark.parametrize("door", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_a_closed_chapter_is_named_to_nobody_who_cannot_pass_its_door(site_pages, ally, door):
    closed = ChapterPage.objects.get(slug="find-allies")
    PageViewRestriction.objects.create(page=closed, restriction_type=door, password="sesame")
    readers = {"visitor": Client(), "ally": client_of(ally)}
    naming = {
        (who, path)
        for who, client in readers.items()
        for path in ("/", "/primer/", "/primer/get-clear/", "/primer/booklet/", "/sitemap.xml", "/search/?q=allies")
        if "/primer/find-allies/" in (content := client.get(path).content.decode()) or closed.summary in content
    }
    passes = {("ally", path) for path in ("/", "/primer/", "/primer/get-clear/")}
    assert naming - {("ally", "/primer/booklet/")} == (passes if door == PageViewRestriction.LOGIN else set())


def test_a_door_before_the_list_closes_what_is_below(site_pages):
    article = make_article("Behind a door")
    PageViewRestriction.objects.create(page=article.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert b"Behind a door" not in Client().get("/").content
    assert Client().get("/articles/behind-a-door/").status_code == 302
