"""Asking to be told of an announced part: confirmed by a button, discreet, and stopped for good."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from content.pages.sorting import AnnouncedPart
from content.wishes.models import PartWish
from tests.cast import client_of, person
from tests.content.makers import make_article, make_part

pytestmark = pytest.mark.django_db

ADDRESS = "reader@elsewhere.example"


@pytest.fixture
def part(site_pages) -> AnnouncedPart:
    return make_part()


def path_of(part: AnnouncedPart) -> str:
    return reverse("content:wish", args=[part.pk])


def link_of(mail: Email) -> str:
    return re.search(r"http://groundswell\.example(/subscriptions/\S+)", mail.message)[1]


def test_the_button_behind_the_link_confirms_and_looking_does_not(part):
    assert Client().post(path_of(part), {"email": ADDRESS}).status_code == 200
    path = link_of(Email.objects.get())
    assert [Client().get(path).status_code for _look in range(2)] == [200, 200]
    assert PartWish.objects.get().confirmed_at is None
    assert Client().post(path).status_code == 200
    assert PartWish.objects.confirmed().count() == 1


def test_the_answer_is_the_same_whoever_waits_already(part):
    PartWish.objects.create(part=part, email=ADDRESS, confirmed_at=timezone.now())
    answers = [
        Client().post(path_of(part), {"email": email}).content.decode().replace(email, "")
        for email in (ADDRESS, "other@elsewhere.example")
    ]
    assert answers[0] == answers[1]
    assert [mail.to for mail in Email.objects.all()] == [["other@elsewhere.example"]]


def test_an_address_waits_once_for_a_part_whatever_its_capitals(part):
    for email in ("Reader@Elsewhere.example", ADDRESS):
        Client().post(path_of(part), {"email": email})
    assert PartWish.objects.count() == 1


def test_who_fills_in_every_field_is_thanked_and_forgotten(part):
    assert Client().post(path_of(part), {"email": ADDRESS, "website": "x"}).status_code == 200
    assert (PartWish.objects.count(), Email.objects.count()) == (0, 0)


def test_asking_too_often_is_refused(part):
    codes = [Client().post(path_of(part), {"email": ADDRESS}).status_code for _time in range(7)]
    assert codes == [200] * 5 + [429] * 2


def test_a_bad_address_stays_in_the_form(part):
    answer = Client().post(path_of(part), {"email": "reader@"})
    assert (answer.status_code, b'value="reader@"' in answer.content) == (422, True)


def test_one_press_is_enough_for_whoever_is_signed_in_with_a_confirmed_address(part):
    wren = person("wren@larkfield.example")
    client = client_of(wren)
    assert b'name="email"' not in client.get(path_of(part)).content
    for _press in range(2):
        assert client.post(path_of(part), {"email": "somebody@else.example"}).status_code == 200
    assert [wish.email for wish in PartWish.objects.confirmed()] == ["wren@larkfield.example"]
    assert Email.objects.count() == 0


def test_whoever_has_confirmed_nothing_yet_confirms_like_a_visitor(part):
    client = client_of(person("new@larkfield.example", verified=False))
    client.post(path_of(part), {"email": "new@larkfield.example"})
    assert (PartWish.objects.confirmed().count(), Email.objects.count()) == (0, 1)


def test_a_part_that_is_out_leads_to_its_article(part):
    article = make_article(series=part.series, announced_part=part)
    wish = PartWish.objects.create(part=part, email=ADDRESS)
    assert Client().get(path_of(part))["Location"] == article.get_absolute_url()
    assert Client().post(path_of(part), {"email": ADDRESS}).status_code == 302
    assert not PartWish.objects.confirmed().filter(pk=wish.pk).exists()


def test_a_part_that_does_not_exist_is_missing(site_pages):
    assert Client().get("/articles/parts/99999/tell-me/").status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 5_000, "😀", "null"])
def test_a_wrong_token_is_a_clear_page(site_pages, token):
    assert Client().get(f"/subscriptions/parts/{token}/").status_code in (400, 404)


def test_the_shared_page_asks_without_cookie_or_token(part):
    answer = Client().get(part.series.get_absolute_url())
    assert (path_of(part).encode() in answer.content, answer.cookies, b"csrfmiddleware" in answer.content) == (
        True,
        {},
        False,
    )


def test_what_is_held_of_a_person_goes_along_and_away(part):
    from accounts.services import erase_person, export_person

    wren = person("wren@larkfield.example")
    client_of(wren).post(path_of(part))
    (row,) = export_person(user=wren)["content.PartWish"]
    assert (row["part"], row["email"]) == (part.title, "wren@larkfield.example")
    erase_person(user=wren)
    assert PartWish.objects.count() == 0
