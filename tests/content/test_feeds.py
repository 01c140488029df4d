"""Feeds: whole, valid, for all and per topic and author; asked again they say that nothing has changed."""

from datetime import UTC, datetime

import feedparser
import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree, html
from wagtail.models import PageViewRestriction

from content import pagecache
from content.pages.sorting import Author, Topic
from tests.content.makers import make_article, picture

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEEDS = ["/articles/feed/", "/articles/topics/handovers/feed/", "/articles/authors/auden-vale/feed/", "/feed.json"]


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("articles", [1, 3, 12])
def test_a_feed_costs_six_queries_and_one_for_what_it_is_about_whatever_it_shows(
    site_pages, path, articles, monkeypatch
):
    about = site_pages.get_children().get(slug="about")
    shown = {"alt": "A sheet.", "caption": "Blue"}
    for number in range(articles):
        article = make_article(f"Report {number}", topics=("Handovers",), cover=picture("cover"), cover_alt="Blue.")
        for _twice in range(2):
            article.body.append(("text", f'<p>As <a linktype="page" id="{about.pk}">told</a>.</p>'))
            article.body.append(("picture", shown | {"image": picture(f"sheet {number}")}))
        article.save_revision().publish()
    Client().get(path)
    monkeypatch.setattr(pagecache, "GENERATION_HOLDS", 3600.0)  # asked once a second otherwise, whatever the feed
    pagecache.shelf.copies.clear()
    caches["renditions"].clear()
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(path).content.decode()
    pictures, captions = (answer.count(f"<{tag}") + answer.count(f"&lt;{tag}") for tag in ("img", "figcaption"))
    assert (pictures, captions, answer.count("http://groundswell.example/about/")) == (
        3 * articles,
        2 * articles,
        2 * articles,
    )
    asked = [query["sql"] for query in captured]
    assert len(asked) <= (6 if path in (FEEDS[0], FEEDS[3]) else 7), "\n".join(sql[:160] for sql in asked)


@pytest.fixture(autouse=True)
def ask_every_time(monkeypatch):
    monkeypatch.setattr(pagecache, "GENERATION_HOLDS", 0.0)


@pytest.mark.parametrize("path", FEEDS[:3])
def test_an_atom_feed_is_valid_and_whole(site_pages, path):
    article = make_article("Page <four>", slug="page-four", topics=("Handovers",))
    feed = feedparser.parse(Client().get(path).content)
    (entry,) = feed.entries
    assert (feed.bozo, feed.version, feed.feed.links[1].href) == (0, "atom10", f"http://groundswell.example{path}")
    assert (entry.title_detail.value, entry.link, entry.id) == (
        "Page <four>",
        "http://groundswell.example/articles/page-four/",
        f"urn:uuid:{article.translation_key}",
    )
    assert (entry.summary, [author.name for author in entry.authors], entry.tags[0].term) == (
        "Where the bill hid.",
        ["Auden Vale"],
        "Handovers",
    )
    (content,) = entry.content
    assert content.type == "text/html"
    assert '<a href="http://groundswell.example/primer/get-clear/">' in content.value


def test_the_text_is_content_and_the_standfirst_the_summary(site_pages):
    make_article()
    root = etree.fromstring(Client().get("/articles/feed/").content)
    assert [node.get("type") for node in root.xpath("//a:entry/a:content", namespaces=ATOM)] == ["html"]
    assert [node.text for node in root.xpath("//a:entry/a:summary", namespaces=ATOM)] == ["Where the bill hid."]
    missing = [
        name for name in ("id", "title", "updated") if len(root.xpath(f"/a:feed/a:{name}", namespaces=ATOM)) != 1
    ]
    assert missing == []


def test_the_json_feed_has_what_version_1_1_asks_for(site_pages):
    article = make_article(topics=("Handovers",))
    feed = Client().get("/feed.json").json()
    assert (feed["version"], feed["title"], feed["feed_url"]) == (
        "https://jsonfeed.org/version/1.1",
        "Groundswell",
        "http://groundswell.example/feed.json",
    )
    (item,) = feed["items"]
    assert (item["id"], item["url"]) == (
        f"urn:uuid:{article.translation_key}",
        "http://groundswell.example/articles/page-four/",
    )
    assert "First words about service." in item["content_html"]
    assert (item["summary"], item["tags"], item["authors"]) == (
        "Where the bill hid.",
        ["Handovers"],
        [{"name": "Auden Vale", "url": "http://groundswell.example/articles/authors/auden-vale/"}],
    )
    assert datetime.fromisoformat(item["date_published"]).tzinfo == UTC


@pytest.mark.parametrize("path", FEEDS)
def test_the_feed_of_what_is_empty_is_a_feed_that_does_not_change(site_pages, path):
    Topic.objects.create(name="Handovers", slug="handovers")
    Author.objects.create(name="Auden Vale", slug="auden-vale")
    first = Client().get(path)
    pagecache.shelf.copies.clear()
    assert first.status_code == 200
    assert Client().get(path).content == first.content
    if path != "/feed.json":
        feed = feedparser.parse(first.content)
        assert (feed.bozo, feed.entries) == (0, [])


@pytest.mark.parametrize("path", ["/articles/topics/nothing/feed/", "/articles/authors/nobody/feed/"])
def test_the_feed_of_what_is_not_there_is_missing(site_pages, path):
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("path", FEEDS)
def test_asked_again_a_feed_says_that_nothing_has_changed(site_pages, path):
    make_article(topics=("Handovers",))
    pagecache.forget()
    cache.set(pagecache.GENERATION, 1_800_000_000_000_000_000, None)
    first = Client().get(path)
    assert first["Last-Modified"] == "Fri, 15 Jan 2027 08:00:00 GMT"
    answers = {
        name: Client().get(path, headers=headers).status_code
        for name, headers in {
            "same etag": {"if-none-match": first["ETag"]},
            "one of several": {"if-none-match": f'"other", W/{first["ETag"]}'},
            "same date": {"if-modified-since": first["Last-Modified"]},
            "older date": {"if-modified-since": "Thu, 14 Jan 2027 08:00:00 GMT"},
            "no date": {"if-modified-since": "yesterday"},
            "another etag, same date": {"if-none-match": '"other"', "if-modified-since": first["Last-Modified"]},
            "same etag, older date": {
                "if-none-match": first["ETag"],
                "if-modified-since": "Thu, 14 Jan 2027 08:00:00 GMT",
            },
        }.items()
    }
    assert answers == {
        "same etag": 304,
        "one of several": 304,
        "same date": 304,
        "older date": 200,
        "no date": 200,
        "another etag, same date": 200,
        "same etag, older date": 304,
    }


def test_an_article_taken_back_is_a_change_too(site_pages, django_capture_on_commit_callbacks):
    make_article("Stays")
    goes = make_article("Goes")
    first = Client().get("/feed.json")
    with django_capture_on_commit_callbacks(execute=True):
        goes.unpublish()
    cache.set(pagecache.GENERATION, cache.get(pagecache.GENERATION) + 2_000_000_000, None)
    second = Client().get("/feed.json", headers={"if-modified-since": first["Last-Modified"]})
    assert (second.status_code, [item["title"] for item in second.json()["items"]]) == (200, ["Stays"])


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_asks_six_questions_whatever_it_holds(site_pages, path):
    counts = []
    for upto in (1, 3, 12):
        for number in range(upto):
            make_article(f"Piece {upto} {number}", topics=("Handovers",))
        client = Client()
        client.cookies["sessionid"] = "nobody"
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 6


@pytest.mark.parametrize(
    ("path", "feeds"),
    [
        ("/", ["/articles/feed/", "/feed.json"]),
        ("/articles/", ["/articles/feed/", "/feed.json"]),
        ("/articles/page-four/", ["/articles/feed/", "/feed.json"]),
        ("/articles/topics/handovers/", ["/articles/topics/handovers/feed/", "/articles/feed/", "/feed.json"]),
        ("/articles/authors/auden-vale/", ["/articles/authors/auden-vale/feed/", "/articles/feed/", "/feed.json"]),
    ],
)
def test_a_page_names_its_feeds(site_pages, path, feeds):
    make_article(topics=("Handovers",))
    page = html.fromstring(Client().get(path).content)
    assert [link.get("href") for link in page.cssselect('link[rel="alternate"]')] == feeds


def test_the_sitemap_names_public_pages_and_lists_that_hold_something(site_pages):
    make_article("In the open", topics=("Handovers",))
    make_article("Not yet", live=False, topics=("Leading",))
    closed = make_article("Behind a door")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    Topic.objects.create(name="Empty", slug="empty")
    answer = Client().get("/sitemap.xml")
    root = etree.fromstring(answer.content)
    found = {node.text.removeprefix("http://groundswell.example") for node in root.iter("{*}loc")}
    assert {
        "/",
        "/primer/",
        "/primer/get-clear/",
        "/articles/in-the-open/",
        "/articles/topics/handovers/",
        "/articles/authors/auden-vale/",
    } <= found
    assert found & {"/articles/not-yet/", "/articles/behind-a-door/", "/articles/topics/leading/"} == set()
    assert "/articles/topics/empty/" not in found
    undated = {node.find("{*}loc").text for node in root.iter("{*}url") if node.find("{*}lastmod") is None}
    assert undated == {"http://groundswell.example/", "http://groundswell.example/articles/"}  # never edited yet
    assert answer["Last-Modified"]


def test_the_sitemap_asks_as_much_for_many_pages_as_for_few(site_pages):
    counts = []
    for upto in (1, 10):
        for number in range(upto):
            make_article(f"Piece {upto} {number}", topics=("Handovers",))
        pagecache.shelf.copies.clear()
        with CaptureQueriesContext(connection) as captured:
            Client().get("/sitemap.xml")
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 10
