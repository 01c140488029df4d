"""A page is put nowhere where readers would find another part of the site."""

import pytest
from wagtail.models import Page

from content.pages.standard import StandardPage
from tests.cast import client_of
from tests.content.makers import make_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("slug", "refused"), [("search", True), ("me", True), ("second-about", False)])
def test_a_copy_is_not_put_on_another_part_of_the_site(site_pages, editor, slug, refused):
    about = StandardPage.objects.get(slug="about")
    form = {"new_title": "Copy", "new_slug": slug, "new_parent_page": site_pages.pk, "publish_copies": "on"}
    answer = client_of(editor).post(f"/cms/pages/{about.pk}/copy/", form, follow=True)
    said = f"/{slug}/ is a part of this site already. Choose another slug." in answer.content.decode()
    assert (said, Page.objects.filter(slug=slug).exists()) == (refused, not refused)


def test_a_copy_of_an_article_says_why_it_cannot_be_a_feed(site_pages, editor):
    article = make_article()
    form = {"new_title": "Copy", "new_slug": "feed", "new_parent_page": article.get_parent().pk}
    answer = client_of(editor).post(f"/cms/pages/{article.pk}/copy/", form, follow=True)
    assert "/articles/feed/ is a part of this site already." in answer.content.decode()


@pytest.mark.parametrize("number", ["", "x", "9" * 30, "-1"])
def test_an_odd_place_is_refused_by_the_form(site_pages, editor, number):
    form = {"new_title": "Copy", "new_slug": "search", "new_parent_page": number}
    answer = client_of(editor).post(f"/cms/pages/{make_article().pk}/copy/", form, follow=True)
    assert "Choose where the copy shall stand." in answer.content.decode()
    assert not Page.objects.filter(slug="search").exists()


def test_a_page_is_not_moved_onto_another_part_of_the_site(site_pages, editor):
    about = StandardPage.objects.get(slug="about")
    below = about.add_child(instance=StandardPage(title="How to look", slug="search"))
    path = f"/cms/pages/{below.pk}/move/{site_pages.pk}/confirm/"
    answer = client_of(editor).post(path, follow=True)
    below.refresh_from_db()
    assert "/search/ is a part of this site already." in answer.content.decode()
    assert below.get_parent().pk == about.pk
