"""A reader without a login changes and deletes what they wrote, from the browser that confirmed the address."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from conversation.decisions import Barred
from conversation.models import Comment
from tests import cast
from tests.conversation.conftest import filled, link_in, mails, say, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(target) -> Client:
    """Has just confirmed a comment of barnaby@example.org."""
    client = Client()
    send(target, client)
    client.post(link_in(mails("comment-confirm")[0], "confirm"))
    return client


@pytest.fixture
def comment(browser) -> Comment:
    return Comment.objects.get()


def text_of(comment: Comment) -> str:
    return Comment.objects.get(pk=comment.pk).comment


def test_the_browser_that_confirmed_changes_it_with_a_look_before(browser, comment):
    address = f"/comments/{comment.pk}/edit/"
    looked = browser.post(address, {"text": "Ours **too**.", "preview": "1"})
    assert "<strong>too</strong>" in looked.text
    assert "Nothing has been sent." in looked.text
    assert text_of(comment) == "Our reports have the same disease."
    in_place = browser.post(address, {"text": "Ours.", "preview": "1"}, headers={"HX-Request": "true"})
    assert "<html" not in in_place.text
    assert browser.post(address, {"text": "Ours too."}).status_code == 302
    assert text_of(comment) == "Ours too."
    assert [one.text for one in comment.earlier_words.all()] == ["Our reports have the same disease."]


def test_after_a_quarter_of_an_hour_only_deleting_is_left(browser, comment):
    Comment.objects.update(submit_date=timezone.now() - timedelta(minutes=16))
    assert "15 minutes" in browser.post(f"/comments/{comment.pk}/edit/", {"text": "Late."}).text
    assert text_of(comment) == "Our reports have the same disease."
    assert browser.get(f"/comments/{comment.pk}/delete/").status_code == 200
    assert Comment.objects.get().is_removed is False, "looking deletes nothing"
    browser.post(f"/comments/{comment.pk}/delete/")
    assert (Comment.objects.get().is_removed, text_of(comment)) == (True, "")


@pytest.mark.parametrize("act", ["edit", "delete"])
def test_no_other_browser_can(comment, target, act):
    other = Client()
    send(target, other, email="hester@example.org", text="Another.")
    other.post(link_in(mails("comment-confirm")[-1], "confirm"))
    signed_in = cast.client_of(cast.person("basil@larkfield.example"))
    for client, refusal in ((Client(), 302), (other, 302), (signed_in, 404)):
        for method in (client.get, client.post):
            answer = method(f"/comments/{comment.pk}/{act}/", {"text": "x"})
            assert answer.status_code == refusal
            assert refusal == 404 or answer["Location"].startswith("/accounts/login/")
    assert text_of(comment) == "Our reports have the same disease."


@pytest.mark.parametrize("cookie", ["", "made-up", "altered"])
def test_a_cookie_that_is_not_ours_opens_nothing(browser, comment, cookie):
    if cookie == "altered":
        cookie = "A" + browser.cookies["comment_address"].value[1:]
    browser.cookies["comment_address"] = cookie
    assert browser.post(f"/comments/{comment.pk}/delete/").status_code == 302
    assert Comment.objects.get().is_removed is False


def test_an_address_of_an_ally_is_not_a_way_to_what_they_wrote_signed_in(target, person, browser):
    theirs = say(target, "Signed in.", user=person)
    Comment.objects.filter(pk=theirs.pk).update(user_email="barnaby@example.org")
    assert browser.post(f"/comments/{theirs.pk}/delete/").status_code == 302
    assert Comment.objects.get(pk=theirs.pk).is_removed is False


def test_their_page_lists_what_is_theirs_and_nothing_else(browser, comment, target):
    say(target, "Of somebody else.", email="hester@example.org")
    mine, nobody = browser.get("/comments/yours/").text, Client().get("/comments/yours/").text
    assert "Our reports have the same disease." in mine
    assert f"/comments/{comment.pk}/edit/" in mine
    assert "Of somebody else." not in mine
    assert "This browser remembers no address." in nobody
    assert "Our reports" not in nobody


def test_confirming_says_that_it_can_be_changed(target):
    client = Client()
    send(target, client)
    client.post(link_in(mails("comment-confirm")[0], "confirm"))
    assert "you can change it for 15 minutes" in client.get("/comments/yours/").text


def test_in_place_a_remembered_reader_gets_the_links(browser, target):
    form = filled(target, text="One more.")
    posted = browser.post("/comments/post/", form, headers={"HX-Request": "true"})
    newest = Comment.objects.order_by("-pk")[0]
    assert f"/comments/{newest.pk}/edit/" in posted.text
    assert f"/comments/{newest.pk}/delete/" in posted.text


@pytest.mark.parametrize("text", ["https://a.example https://b.example https://c.example", "Buy teasels now."])
def test_changing_is_no_way_around_the_editors(browser, comment, text):
    Barred.objects.create(kind=Barred.WORD, text="teasels")
    answer = browser.post(f"/comments/{comment.pk}/edit/", {"text": text})
    assert "an editor would have to look at it first" in answer.text
    assert text_of(comment) == "Our reports have the same disease."


def test_a_short_address_leads_to_what_may_be_read_only(comment, house, client):
    address = f"/comments/{comment.pk}/"
    assert client.get(address)["Location"].endswith(f"#comment-{comment.pk}")
    house.visible = False
    assert client.get(address).status_code == 404
    house.visible = True
    Comment.objects.update(is_public=False)
    assert client.get(address).status_code == 404
    assert client.get("/comments/99999999/").status_code == 404
