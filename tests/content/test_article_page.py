"""The whole article page: what stands on it, what it costs, and what it loads."""

import json
import re

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html
from wagtail.models import PageViewRestriction

from content import pagecache
from content.images import Picture
from content.markdown_pages import blocks_of
from content.pages.articles import ArticlePage
from content.pages.sorting import AnnouncedPart, Author, Series, Tag
from content.tasks import make_sizes
from conversation.hosts import target_of
from conversation.services import Words, place
from tests.content.makers import make_article, picture

pytestmark = pytest.mark.django_db

FULL = """Counted by hand [1], and [2] twice [1]; there is no [9].

## One

See <https://elsewhere.example/>.

:::table
caption: What they looked for
| What | How many |
| --- | ---: |
| The *date* | 41 |
:::

## Two

:::embed
address: https://youtu.be/Oo0jm1PPRuo
shows: A film, 10 min
:::

## Two

:::quote
source: A clerk
I only ever read the date.
:::

:::source
text: A guide
address: https://guide.example/
:::
:::source
text: A talk in the corridor
:::
"""


def full_article(**fields) -> ArticlePage:
    """Everything an article may have, with related ones and its series."""
    series = Series.objects.create(title="Paper trail", slug="paper-trail")
    AnnouncedPart.objects.create(series=series, title="Later", expected=timezone.localdate())
    make_article("Part two", series=series, series_part=2)
    make_article("A cousin", topics=("Handovers",))
    article = make_article(
        "Full", topics=("Handovers", "Listening"), series=series, series_part=1, cover=picture("cover"),
        cover_alt="A blue sheet.", **fields
    )  # fmt: skip
    cousin = ArticlePage.objects.get(slug="a-cousin")
    article.body = blocks_of(f"{FULL}\n\nMore of [it](/articles/a-cousin/).")
    article.body.append(("text", f'<p>And <a linktype="page" id="{cousin.pk}">the cousin</a>.</p>'))
    article.body.append(("picture", {"image": picture("one"), "alt": "A sheet.", "caption": "Blue"}))
    article.tags.add("paper")
    byline = Author.objects.get(slug="auden-vale")
    byline.portrait, byline.biography = picture("portrait"), "Writes reports."
    byline.save()
    article.save()
    article.save_revision().publish()
    return ArticlePage.objects.get(pk=article.pk)


def shown(path: str = "/articles/full/"):
    return html.fromstring(Client().get(path).content)


def talk_under(article: ArticlePage, upto: int) -> None:
    for number in range(upto):
        place(target=target_of(article), words=Words(name="Ada", text=f"Word {number}", press=""))


@pytest.fixture(autouse=True)
def own_shelf(monkeypatch):
    monkeypatch.setattr(pagecache, "GENERATION_HOLDS", 3600.0)


def test_numbers_in_brackets_lead_to_their_sources_and_back(site_pages):
    full_article()
    page = shown()
    assert [(a.get("id"), a.get("href"), a.text) for a in page.cssselect(".cite a")] == [
        ("cited-1-1", "#source-1", "1"),
        ("cited-2-1", "#source-2", "2"),
        ("cited-1-2", "#source-1", "1"),
    ]
    assert [(li.get("id"), [a.get("href") for a in li.cssselect("a")]) for li in page.cssselect(".sources li")] == [
        ("source-1", ["https://guide.example/", "#cited-1-1", "#cited-1-2"]),
        ("source-2", ["#cited-2-1"]),
    ]
    assert "there is no [9]" in page.cssselect(".prose")[0].text_content()


def test_headings_have_addresses_that_stay_and_are_unique(site_pages):
    full_article()
    page = shown()
    assert [(a.get("href"), a.text) for a in page.cssselect(".contents a")] == [
        ("#s-one", "One"),
        ("#s-two", "Two"),
        ("#s-two--2", "Two"),
    ]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_a_table_says_what_its_cells_belong_to(site_pages):
    full_article()
    (table,) = shown().cssselect(".table table")
    assert table.cssselect("caption")[0].text == "What they looked for"
    assert [(th.get("scope"), th.text_content().strip()) for th in table.cssselect("th")] == [
        ("col", "What"),
        ("col", "How many"),
        ("row", "The date"),
    ]


def test_a_film_loads_nothing_and_only_its_page_may_frame_its_host(site_pages):
    full_article()
    first, copy = Client().get("/articles/full/"), Client().get("/articles/full/")
    for answer in (first, copy):
        assert "frame-src 'self' https://www.youtube-nocookie.com" in answer["Content-Security-Policy"]
        assert b"<iframe" not in answer.content
    assert "frame-src" not in Client().get("/articles/a-cousin/")["Content-Security-Policy"]
    (film,) = html.fromstring(first.content).cssselect(".embed")
    assert film.get("data-player") == "https://www.youtube-nocookie.com/embed/Oo0jm1PPRuo"
    assert film.cssselect("a")[0].get("href") == "https://www.youtube.com/watch?v=Oo0jm1PPRuo"


def test_messengers_and_search_engines_are_told_who_when_and_with_which_picture(site_pages):
    full_article(updated_at=timezone.now())
    page = shown()
    assert page.cssselect('meta[property="og:image"]')[0].get("content").startswith("http://groundswell.example/media/")
    assert page.cssselect('meta[property="og:image:alt"]')[0].get("content") == "A blue sheet."
    article, crumbs = json.loads(page.cssselect('script[type="application/ld+json"]')[0].text)
    full = ArticlePage.objects.get(slug="full")
    assert (article["datePublished"], article["dateModified"]) == (
        full.shown_at.isoformat(),
        full.updated_at.isoformat(),
    )
    assert article["author"] == [
        {"@type": "Person", "name": "Auden Vale", "url": "http://groundswell.example/articles/authors/auden-vale/"}
    ]
    assert [crumb["name"] for crumb in crumbs["itemListElement"]] == ["Articles", "Full"]


def test_related_articles_share_most_and_are_public(site_pages):
    article = full_article()
    near = make_article("Near", topics=("Handovers", "Listening"))
    near.tags.add("paper")
    near.save_revision().publish()
    make_article("Not yet", live=False, topics=("Handovers", "Listening"))
    make_article("Elsewhere", topics=("Leading",))
    closed = make_article("Closed", topics=("Handovers", "Listening"))
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    make_article("Same series", topics=("Handovers",), series=article.series)
    assert [link.text for link in shown().cssselect(".related a")] == ["Near", "A cousin"]


def test_a_tag_has_a_page_whatever_it_is_written_in(site_pages):
    article = make_article()
    article.tags.add("Nachtschicht", "夜勤", "!!!")
    article.save_revision().publish()
    for tag in Tag.objects.all():
        page = shown(tag.get_absolute_url())
        assert [link.text for link in page.cssselect(".piece h3 a")] == ["Page four"]


@pytest.mark.parametrize("comments", [1, 10, 200])
def test_an_article_costs_at_most_twelve_queries(site_pages, comments):
    article = full_article()
    film = {"address": "https://youtu.be/Oo0jm1PPRuo", "shows": "Dawn, 3 min", "still": picture("still")}
    article.body.append(("embed", film))
    article.save_revision().publish()
    talk_under(article, comments)
    have_sizes_made()
    Client().get("/articles/full/")
    pagecache.shelf.copies.clear()
    caches["renditions"].clear()  # as in a process that has just begun
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get("/articles/full/")
    assert answer.status_code == 200
    assert len(captured) <= 12, "\n".join(query["sql"][:160] for query in captured)
    with CaptureQueriesContext(connection) as captured:
        Client().get("/articles/full/")
    assert len(captured) == 0


IMPORT = re.compile(r'@import url\("([^"]+)"\);')


def have_sizes_made() -> None:
    for one in Picture.objects.all():
        make_sizes.call(one.pk)


def test_no_reader_waits_for_a_picture_and_no_view_writes(site_pages, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    caches["renditions"].clear()  # what other tests have left there
    full_article()
    pagecache.shelf.copies.clear()
    for path in ("/articles/full/", "/articles/", "/articles/feed/", "/articles/authors/auden-vale/"):
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(path).status_code == 200
        assert [query["sql"] for query in captured if not query["sql"].startswith("SELECT")] == [], path


def test_a_picture_fills_its_column_and_a_small_one_stays_as_it_is(site_pages):
    full_article()
    cover = shown().cssselect(".figure img")[0]
    assert (cover.get("width"), cover.get("height")) == ("1240", "697")
    assert [part.split()[1] for part in cover.get("srcset").split(", ")] == ["1240w", "800w", "480w"]


def bundled(name: str) -> str:
    """A stylesheet as production serves it: in one piece."""
    with open(finders.find(name)) as file:
        folder = name.rpartition("/")[0]
        return IMPORT.sub(lambda found: bundled(f"{folder}/{found[1]}"), file.read())


def test_an_article_weighs_at_most_sixty_kilobytes_and_loads_nothing_from_elsewhere(site_pages):
    full_article()
    answer = Client().get("/articles/full/")
    page = html.fromstring(answer.content)
    loaded = page.xpath("//link[@rel='stylesheet']/@href | //script/@src")
    pictures = page.xpath("//img/@src | //link[@rel='icon']/@href")
    srcsets = [part.split()[0] for one in page.xpath("//@srcset") for part in one.split(",")]
    assert [address for address in (*loaded, *pictures, *srcsets) if not address.startswith("/")] == []
    weights = [len(brotli.compress(answer.content, quality=5))]
    weights += [len(brotli.compress(bundled(address.removeprefix("/static/")).encode())) for address in loaded]
    assert sum(weights) <= 60_000, dict(zip(["page", *loaded], weights, strict=True))


def test_every_picture_has_words_and_a_size_and_only_the_cover_is_in_a_hurry(site_pages):
    full_article()
    pictures = shown().cssselect("article img")
    assert all(one.get("alt") and one.get("width") and one.get("height") for one in pictures)
    assert [(one.get("fetchpriority"), one.get("loading")) for one in pictures] == [("high", None)] + [
        (None, "lazy")
    ] * (len(pictures) - 1)


def test_sharing_is_a_link_and_a_mail(site_pages):
    full_article()
    (share,) = shown().cssselect(".share")
    assert share.cssselect("a")[0].get("href") == (
        "mailto:?subject=Full&body=http%3A//groundswell.example/articles/full/"
    )
    assert share.cssselect("button")[0].get("data-copy-address") == "http://groundswell.example/articles/full/"
    assert share.cssselect("button")[0].get("hidden") is not None


@pytest.mark.parametrize(("alt", "refused"), [("", True), ("  ", True), ("A blue sheet.", False)])
def test_a_cover_without_words_cannot_be_published_and_a_draft_is_kept(site_pages, alt, refused):
    article = make_article(cover=picture("cover"), cover_alt=alt)
    for draft in (False, True):
        form_class = ArticlePage.get_edit_handler().get_form_class()
        form = form_class(
            {"cover": article.cover_id, "cover_alt": alt, "body-count": "0"},
            instance=article,
            parent_page=article.get_parent(),
        )
        if draft:
            form.defer_required_fields()
        form.is_valid()
        assert ("cover_alt" in form.errors) == (refused and not draft)
