"""Whose name stands above an article, and who may be chosen for it."""

import pytest

from accounts.roles import AUTHORS, EDITORS, ensure_roles
from content.doors import authors_of
from content.pages.sorting import Author
from tests import cast
from tests.content.makers import make_article

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
