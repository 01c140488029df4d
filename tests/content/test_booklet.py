"""The whole primer on one page, to be printed."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html
from wagtail.models import PageViewRestriction

from content.booklet import Notes
from content.models import ChapterPage, PrimerPage

pytestmark = pytest.mark.django_db


def test_it_holds_every_chapter_with_its_exercise_and_room_to_write(site_pages):
    answer = Client().get("/primer/booklet/")
    page = html.fromstring(answer.content)
    chapters = list(ChapterPage.objects.order_by("path"))
    titles = [chapter.title for chapter in chapters]
    assert [link.text for link in page.cssselect(".booklet__contents ol a")] == titles
    assert [head.text for head in page.cssselect(".leaf__head h2")] == titles
    assert [box.text for box in page.cssselect(".exercise h3")] == [chapter.exercise_title for chapter in chapters]
    assert [len(box.cssselect("i")) for box in page.cssselect(".exercise__lines")] == [9] * 4
    assert (answer.cookies, answer["Cache-Control"], b"csrfmiddleware" in answer.content) == (
        {},
        "public, no-cache",
        False,
    )


def test_each_address_has_a_number_and_stands_once_below_its_chapter():
    notes = Notes()
    text = notes.numbered('<a href="/allies/">one</a> <a class="x" href="https://e.org/?a=1&amp;b=2">two</a>')
    again = notes.numbered('<a href="/allies/">one</a>')
    assert text == (
        '<a href="/allies/">one</a><sup class="noted">1</sup> '
        '<a class="x" href="https://e.org/?a=1&amp;b=2">two</a><sup class="noted">2</sup>'
    )
    assert again.endswith('<sup class="noted">1</sup>')
    assert notes.addresses == ["http://groundswell.example/allies/", "https://e.org/?a=1&b=2"]


def test_a_chapter_that_is_not_public_is_not_in_it(site_pages):
    draft, closed, *_open = ChapterPage.objects.order_by("path")
    draft.unpublish()
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    content = Client().get("/primer/booklet/").content.decode()
    assert [title in content for title in (draft.exercise_title, closed.exercise_title)] == [False, False]


def test_there_is_none_of_a_primer_that_is_not_public(site_pages):
    PrimerPage.objects.get().unpublish()
    assert Client().get("/primer/booklet/").status_code == 404


def test_it_asks_few_questions(site_pages):
    client = Client()
    client.cookies["sessionid"] = "nobody"
    client.get("/primer/booklet/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/primer/booklet/")
    assert len(captured) <= 8


@pytest.mark.parametrize("path", ["/primer/", "/primer/get-clear/"])
def test_the_primer_leads_to_it(site_pages, path):
    page = html.fromstring(Client().get(path).content)
    assert page.cssselect('.print-hint a[href="/primer/booklet/"]')
