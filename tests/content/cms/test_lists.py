"""What articles are sorted by, kept in the CMS: every form opens, and a series grows there."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from content.pages.articles import ArticleIndexPage
from content.pages.sorting import AnnouncedPart, Author, Series, Tag, Topic
from content.wishes.models import PartWish
from tests.cast import client_of
from tests.content.cms.forms import article_form, newest
from tests.content.makers import make_article, make_part

pytestmark = pytest.mark.django_db


def one_of(model):
    make_article(topics=("Listening",)).tags.add("paper")
    make_part()
    Tag.objects.get_or_create(name="paper", slug="paper")
    return model.objects.first()


@pytest.mark.parametrize("model", [Topic, Tag, Author, Series])
def test_every_list_can_be_opened_added_to_and_changed(site_pages, editor, model):
    client, name = client_of(editor), model.snippet_viewset.get_url_name
    number = one_of(model).pk
    pages = [reverse(name("list")), reverse(name("add"))]
    pages += [reverse(name(view), args=[number]) for view in ("edit", "delete", "usage", "history")]
    assert [(page, client.get(page).status_code) for page in pages] == [(page, 200) for page in pages]


def test_the_form_of_a_series_says_how_many_wait_for_a_part_and_takes_another(site_pages, editor):
    part = make_part()
    for email, confirmed in (("a@elsewhere.example", timezone.now()), ("b@elsewhere.example", None)):
        PartWish.objects.create(part=part, email=email, confirmed_at=confirmed)
    address = reverse(Series.snippet_viewset.get_url_name("edit"), args=[part.series_id])
    answer = client_of(editor).get(address)
    (waiting,) = html.fromstring(answer.content).cssselect("#inline_child_announced-0 .w-field__input div")
    assert waiting.text_content().strip() == "1"
    assert "elsewhere.example" not in answer.content.decode()
    there = {"id": part.pk, "title": part.title, "by": "", "expected": "2031-05-01", "ORDER": "1", "DELETE": ""}
    new = {
        "id": "",
        "title": "The form nobody asked for",
        "by": "",
        "expected": "2031-06-01",
        "ORDER": "2",
        "DELETE": "",
    }
    form = {
        "title": "Paper trail",
        "slug": "paper-trail",
        "description": "",
        "announced": inline_formset([there, new], initial=1),
    }
    assert client_of(editor).post(address, nested_form_data(form)).status_code == 302
    kept = AnnouncedPart.objects.filter(series=part.series).values_list("title", "expected")
    assert list(kept) == [(part.title, date(2031, 5, 1)), ("The form nobody asked for", date(2031, 6, 1))]


def test_an_article_takes_the_place_of_an_announced_part_in_its_form(site_pages, editor):
    """The series comes along; a part of another series is refused."""
    part, other = make_part(), make_part("Elsewhere", series=Series.objects.create(title="Other", slug="other"))
    address = reverse("wagtailadmin_pages:add", args=["content", "articlepage", ArticleIndexPage.objects.get().pk])
    chosen = html.fromstring(client_of(editor).get(address).content).cssselect("#id_announced_part option")
    assert [option.text for option in chosen][1:] == ["Other: Elsewhere", f"Paper trail: {part.title}"]
    form = article_form(announced_part=part.pk)
    assert client_of(editor).post(address, form).status_code == 302
    assert (newest().series, newest().announced_part) == (part.series, part)
    refused = client_of(editor).post(
        address, article_form(slug="ten-fields", announced_part=part.pk, series=other.series_id)
    )
    assert "This part was announced in another series." in refused.content.decode()


def test_whoever_begins_an_article_signs_it_until_they_say_otherwise(site_pages, author):
    Author.objects.create(name="Auden Vale", slug="auden", user=author)
    address = reverse("wagtailadmin_pages:add", args=["content", "articlepage", ArticleIndexPage.objects.get().pk])
    chosen = html.fromstring(client_of(author).get(address).content).cssselect("#id_authors input[checked]")
    assert [box.getparent().text_content().strip() for box in chosen] == ["Auden Vale"]
