"""“Did you mean …?” knows the words of public pages, and no others."""

import pytest
from django.test import Client
from lxml import html
from wagtail.models import PageViewRestriction

from content.pages.articles import ArticleIndexPage
from content.search.keeping import keep_below, rebuild
from content.search.models import Findable, PublicWord
from tests.content.makers import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_house(site_pages):
    pass


def suggested(asked: str) -> str:
    page = html.fromstring(Client().get("/search/", {"q": asked}).content.decode())
    return "".join(link.text_content() for link in page.cssselect(".search__better a"))


def pages_with(*words: str) -> dict[str, int]:
    return dict(PublicWord.objects.filter(word__in=words).values_list("word", "pages"))


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("volcanoe", ""),  # found as it is: a form of the word
        ("vulcano", "volcano"),
        ("volcnao", "volcano"),
        ("VOLKANO", "volcano"),
        ("costumer", "customer"),
        ("volcanos", ""),
        ("volcano", ""),
        ("vol", ""),
        ("xyzzyqq", ""),
        ("the vulcano erupshon", "the volcano eruption"),
    ],
)
def test_a_slip_of_the_finger_is_set_right(asked, meant):
    make_article("The volcano", standfirst="An eruption.")
    assert suggested(asked) == meant


def test_the_suggestion_leads_to_something():
    make_article("The volcano")
    page = html.fromstring(Client().get("/search/?q=vulcano").content.decode())
    (link,) = page.cssselect(".search__better a")
    assert link.get("href") == "/search/?q=volcano"
    found = html.fromstring(Client().get(link.get("href")).content.decode())
    assert [title.text_content() for title in found.cssselect(".hit h3 a")] == ["The volcano"]


def test_words_are_counted_by_pages_and_forgotten_with_them():
    first = make_article("The volcano", standfirst="A volcano, a volcano.")
    second = make_article("Another volcano", standfirst="An eruption.")
    assert pages_with("volcano", "eruption") == {"volcano": 2, "eruption": 1}
    second.save_revision().publish()
    assert pages_with("volcano", "eruption") == {"volcano": 2, "eruption": 1}
    second.standfirst = "Nothing happened."
    second.save_revision().publish()
    assert pages_with("volcano", "eruption") == {"volcano": 2}
    first.unpublish()
    assert pages_with("volcano") == {"volcano": 1}
    second.delete()
    assert pages_with("volcano") == {}


def test_a_draft_changes_nothing():
    article = make_article("The volcano")
    article.title = "The geyser"
    article.save_revision()
    make_article("The maelstrom", live=False)
    assert pages_with("volcano", "geyser", "maelstrom") == {"volcano": 1}


def test_a_door_takes_the_words_at_once_and_gives_them_back():
    make_article("The volcano")
    index = ArticleIndexPage.objects.get()
    door = PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    assert (pages_with("volcano"), suggested("vulcano")) == ({}, "")
    door.delete()
    keep_below(index)  # what the worker does then
    assert pages_with("volcano") == {"volcano": 1}


def test_building_it_all_anew_changes_nothing_that_was_right():
    make_article("The volcano")
    right = (set(PublicWord.objects.values_list("word", "pages")), Findable.objects.count())
    PublicWord.objects.filter(word="volcano").update(pages=7)
    PublicWord.objects.create(word="ghost", stem="ghost", pages=1)
    rebuild()
    assert (set(PublicWord.objects.values_list("word", "pages")), Findable.objects.count()) == right
