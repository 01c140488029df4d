"""How far somebody is in the primer: kept for who is signed in, and never a word of it to or about anybody else."""

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html
from wagtail.models import PageViewRestriction, ReferenceIndex

from accounts.services import erase_person, export_person
from content import pagecache
from content.models import ChapterMark, ChapterPage
from content.progress import exercises
from tests.cast import client_of
from tests.movement.worlds import make_action, make_card

pytestmark = pytest.mark.django_db
ONE = "/primer/get-clear/"
PRESSED = {"pressed": "1"}


def page_of(someone, path: str = ONE) -> html.HtmlElement:
    response = client_of(someone).get(path)
    assert response.status_code == 200
    return html.fromstring(response.content)


def states(page: html.HtmlElement) -> list[str]:
    return [step.get("class") for step in page.cssselect("ol.walk > li")]


def words(page: html.HtmlElement) -> list[str]:
    return [" ".join(meta.text_content().split()) for meta in page.cssselect("ol.walk .meta")]


def marks_of(someone) -> set[tuple[str, str]]:
    return set(ChapterMark.objects.filter(user=someone.user).values_list("chapter__slug", "what"))


def test_a_visitors_page_says_nothing_of_progress_and_is_the_shared_copy(site_pages, ally):
    before = Client().get(ONE).content
    client_of(ally).post(f"{ONE}read/", PRESSED)
    for path in (ONE, "/primer/"):
        response = Client().get(path)
        text = response.content.decode()
        assert (response.cookies, response["Cache-Control"]) == ({}, "public, no-cache")
        told = ("I have read", "I did it", "Your place", "csrfmiddlewaretoken", "Still to", "data-hx-post", "is-done")
        assert [word for word in told if word in text] == []
    assert Client().get(ONE).content == before
    assert states(page_of(None)) == ["is-here", "is-ahead", "is-ahead", "is-ahead"]


def test_nobody_has_read_what_they_have_only_opened(site_pages, ally):
    assert states(page_of(ally, "/primer/keep-your-resolve/")) == ["is-ahead", "is-ahead", "is-ahead", "is-here"]


def test_the_button_keeps_the_place_and_takes_it_back(site_pages, ally):
    client = client_of(ally)
    response = client.post(f"{ONE}read/", PRESSED)
    assert (response.status_code, response["Location"]) == (302, f"{ONE}#end")
    assert states(page_of(ally, "/primer/find-allies/")) == ["is-done", "is-here", "is-ahead", "is-ahead"]
    assert "You have read one chapter of 4." in " ".join(page_of(ally, "/primer/").text_content().split())
    client.post(f"{ONE}read/", PRESSED | {"take_back": "1"})
    assert marks_of(ally) == set()


def test_saying_it_twice_keeps_the_first_day(site_pages, ally):
    client = client_of(ally)
    client.post(f"{ONE}read/", PRESSED)
    first = ChapterMark.objects.get()
    client.post(f"{ONE}read/", PRESSED)
    assert ChapterMark.objects.get().at == first.at


def test_getting_to_the_end_counts_only_if_there_was_time_to_read(site_pages, ally):
    client, minutes = client_of(ally), ChapterPage.objects.get(slug="get-clear").minutes
    for opened in (str(int(time.time())), str(int(time.time()) - minutes * 6), "", "soon", "9" * 40, "٣٣"):
        assert client.post(f"{ONE}read/", {"opened": opened}, headers={"HX-Request": "true"}).status_code == 204
    assert marks_of(ally) == set()
    read = client.post(f"{ONE}read/", {"opened": str(int(time.time()) - minutes * 60)}, headers={"HX-Request": "true"})
    assert "You read this chapter on" in read.content.decode()
    assert 'data-hx-swap-oob="true"' in read.content.decode()
    assert marks_of(ally) == {("get-clear", "read")}


def test_ones_own_word_for_an_exercise_can_be_taken_back(site_pages, ally):
    client = client_of(ally)
    client.post("/primer/find-allies/exercise/")
    assert words(page_of(ally))[1] == "Exercise done, not read yet"
    client.post("/primer/find-allies/exercise/", {"take_back": "1"})
    assert marks_of(ally) == set()


def test_an_exercise_is_seen_by_what_it_leaves_behind(site_pages, ally, organiser):
    make_card(ally)
    assert [said for said in words(page_of(ally)) if "minutes" not in said] == ["Exercise done, not read yet"]
    assert "I did it" not in page_of(ally, "/primer/take-action/").text_content()
    assert [said for said in words(page_of(organiser)) if "minutes" not in said] == []


def test_an_editor_may_let_an_exercise_lead_elsewhere(site_pages, ally):
    ChapterPage.objects.filter(slug="get-clear").update(exercise_address="/actions/log/?idea=ring#form")
    make_action(ally)
    assert exercises.done_by(ally.user, ["/actions/log/?idea=ring#form", "/nowhere/", "https://else.example/x"]) == {
        "/actions/log/?idea=ring#form"
    }
    assert page_of(ally).cssselect(".do-now .meta")[0].text_content().strip() == "Done"


def test_a_visitor_is_sent_to_sign_in_and_back_to_the_chapter(site_pages):
    for what in ("read", "exercise"):
        response = Client().post(f"{ONE}{what}/", PRESSED)
        assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={ONE}")
    assert ChapterMark.objects.count() == 0


def test_looking_marks_nothing_and_what_cannot_be_read_is_not_found(site_pages, ally):
    client, chapter = client_of(ally), ChapterPage.objects.get(slug="get-clear")
    assert client.get(f"{ONE}read/").status_code == 405
    assert client.post("/primer/nowhere/read/", PRESSED).status_code == 404
    PageViewRestriction.objects.create(page=chapter, restriction_type=PageViewRestriction.PASSWORD, password="x")
    assert client.post(f"{ONE}read/", PRESSED).status_code == 404
    chapter.unpublish()
    assert client.post(f"{ONE}exercise/").status_code == 404
    assert marks_of(ally) == set()


def test_marks_are_exported_erased_and_unknown_to_the_cms(site_pages, ally):
    client_of(ally).post(f"{ONE}read/", PRESSED)
    told = export_person(user=ally.user)
    assert [row["chapter__title"] for rows in told.values() for row in rows if "chapter__title" in row] == ["Get clear"]
    assert not ReferenceIndex.model_is_indexable(ChapterMark)
    erase_person(user=ally.user)
    assert ChapterMark.objects.count() == 0


def queries_of(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert (response.status_code, "no-store" in response["Cache-Control"]) == (200, True)
    return len(captured)


def test_a_chapter_costs_the_same_however_much_is_done(site_pages, ally, monkeypatch):
    monkeypatch.setattr(pagecache, "GENERATION_HOLDS", 3600.0)  # asked once a second otherwise, whatever the page
    client, costs = client_of(ally), {"/primer/": [], ONE: []}
    for chapters in (0, 1, 4):
        for chapter in ChapterPage.objects.order_by("path")[:chapters]:
            client.post(f"{chapter.get_absolute_url()}read/", PRESSED)
            client.post(f"{chapter.get_absolute_url()}exercise/")
        for path, found in costs.items():
            found.append(queries_of(client, path))
    assert {path: len(set(found)) for path, found in costs.items()} == {"/primer/": 1, ONE: 1}, costs
    assert max(costs[ONE]) <= 14
    assert queries_of(client, "/primer/") <= 14
