"""Whose name stands above an article, and who may be chosen for it."""

import pytest

from accounts.roles import AUTHORS, EDITORS, ensure_roles
from accounts.services import erase_person
from content.doors import authors_of
from content.models import Findable, Picture
from content.pages.sorting import Author
from tests import cast
from tests.content.makers import make_article, picture

pytestmark = pytest.mark.django_db


def test_the_form_lists_people_of_the_cms_and_of_bylines_once_and_nobody_else(admin):
    groups = ensure_roles()
    writer, former = cast.person("wren@larkfield.example"), cast.person("former@larkfield.example")
    cast.person("zephyrine@larkfield.example")
    writer.groups.add(groups[AUTHORS], groups[EDITORS])
    Author.objects.create(name="Former", slug="former", user=former)
    answer = cast.client_of(admin).get("/cms/snippets/content/author/add/")
    choices = list(answer.context["form"].fields["user"].queryset.order_by("pk"))
    assert choices == [writer, former]


def test_an_author_is_who_wrote_together_with_the_name_above_the_article(site_pages):
    writer = cast.person("wren@larkfield.example")
    page = make_article()
    Author.objects.update(user=writer)
    assert authors_of(page) == {(writer.pk, "Auden Vale")}


def leaving_author(*, asked_for: tuple[str, ...] = ()) -> Author:
    """Auden, who wrote an article and leaves for good; what is left of the byline."""
    writer = cast.person("auden@larkfield.example", name="Auden Vale")
    author = Author.objects.get()
    Author.objects.update(user=writer, portrait=picture("Auden"), biography="Writes at night.")
    erase_person(user=writer, asked_for=asked_for)
    author.refresh_from_db()
    return author


def test_who_leaves_keeps_the_name_above_what_they_published_and_takes_their_face(site_pages):
    page = make_article()
    author = leaving_author()
    assert (author.name, author.user, author.portrait, Picture.objects.count()) == ("Auden Vale", None, None, 0)
    assert "Auden Vale" in cast.client_of().get(page.url).content.decode()


def test_who_asks_for_it_takes_the_name_off_as_well(site_pages):
    page = make_article()
    author = leaving_author(asked_for=("byline",))
    assert (author.name, author.biography, author.slug.startswith("former-")) == ("A former colleague", "", True)
    assert "Auden" not in cast.client_of().get(page.url).content.decode()
    assert not Findable.objects.filter(about__contains="Auden").exists()


def test_only_who_has_a_byline_is_asked_about_it(site_pages):
    make_article()
    writer, reader = cast.person("auden@larkfield.example"), cast.person("wren@larkfield.example")
    Author.objects.update(user=writer)
    asked = ["byline" in cast.client_of(one).get("/me/data/").content.decode() for one in (writer, reader)]
    assert asked == [True, False]


def test_a_picture_that_something_else_shows_stays(site_pages):
    make_article()
    writer, shared = cast.person("auden@larkfield.example"), picture("Both of them")
    Author.objects.update(user=writer, portrait=shared)
    Author.objects.create(name="Edith Marlow", slug="edith-marlow", portrait=shared)
    erase_person(user=writer)
    assert list(Picture.objects.all()) == [shared]
