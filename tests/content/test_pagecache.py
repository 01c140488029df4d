"""One copy for all visitors: when it is used, when it is dropped, and for whom it never is."""

import gzip

import brotli
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content import pagecache
from tests.cast import client_of
from tests.content.makers import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def believe_nothing(monkeypatch):
    """Each request asks for the generation, so that the tests need not wait a second."""
    monkeypatch.setattr(pagecache, "GENERATION_HOLDS", 3600.0)


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def test_the_second_visitor_costs_no_query(site_pages):
    make_article()
    Client().get("/articles/page-four/")
    assert queries(Client(), "/articles/page-four/") == 0


def test_a_copy_is_kept_in_each_encoding(site_pages):
    plain = Client().get("/about/").content
    for _again in range(2):
        assert gzip.decompress(Client().get("/about/", headers={"accept-encoding": "gzip"}).content) == plain
        packed = Client().get("/about/", headers={"accept-encoding": "gzip, deflate, br, zstd"})
        assert (packed["Content-Encoding"], brotli.decompress(packed.content)) == ("br", plain)


def test_an_unchanged_page_is_not_sent_again(site_pages):
    etag = Client().get("/about/")["ETag"]
    response = Client().get("/about/", headers={"if-none-match": etag})
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)


def test_an_ally_gets_a_page_of_their_own_that_nobody_keeps(site_pages, ally):
    Client().get("/about/")
    response = client_of(ally).get("/about/")
    assert "private" in response["Cache-Control"]
    assert b"/accounts/logout/" in response.content
    assert b"/accounts/logout/" not in Client().get("/about/").content


def test_publishing_drops_the_copies(site_pages, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(pagecache, "GENERATION_HOLDS", 0.0)
    assert b"Page four" not in Client().get("/articles/").content
    with django_capture_on_commit_callbacks(execute=True):
        make_article("Page four")
    assert b"Page four" in Client().get("/articles/").content


def test_whoever_has_just_posted_sees_no_older_copy(site_pages):
    client = Client()
    client.get("/about/")
    client.post("/subscribe/", {"email": "not an address"})
    assert queries(client, "/about/") > 0


def test_strange_queries_fill_no_shelf(site_pages):
    before = len(pagecache.shelf.copies)
    Client().get("/about/?utm_source=x")
    assert len(pagecache.shelf.copies) == before


def test_the_shelf_has_an_end(monkeypatch):
    monkeypatch.setattr(pagecache, "MOST_PAGES", 3)
    shelf = pagecache.Shelf()
    for number in range(5):
        shelf.put((str(number),), pagecache.Copy(b"x" * 10, {}, "", float("inf")), generation=0)
    assert (list(shelf.copies), shelf.size) == ([("2",), ("3",), ("4",)], 30)


def test_a_copy_begun_before_a_change_is_not_kept():
    shelf = pagecache.Shelf(generation=2)
    shelf.put(("old",), pagecache.Copy(b"x", {}, "", float("inf")), generation=1)
    shelf.put(("new",), pagecache.Copy(b"x", {}, "", float("inf")), generation=2)
    assert (list(shelf.copies), shelf.size) == ([("new",)], 1)


def test_a_browser_in_another_language_does_not_leave_its_words_in_the_shared_copy(site_pages):
    make_article()
    german = Client().get("/articles/page-four/", headers={"accept-language": "de"})
    assert german["Content-Language"] == "en"
    assert Client().get("/articles/page-four/").content == german.content
