"""Somebody signed in: no mail, no waiting; by the name they chose."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conversation.models import Comment
from tests import cast
from tests.conversation.conftest import filled, mails, rendered, say, send

pytestmark = pytest.mark.django_db


def test_an_ally_writes_and_stands_at_once_by_the_name_they_chose(target, person):
    response = send(target, cast.client_of(person), name="Somebody Else")
    comment = Comment.objects.get()
    assert (response.status_code, response["Location"]) == (
        303,
        f"/invoice/?comments=at-{comment.pk}#comment-{comment.pk}",
    )
    assert (comment.user, comment.user_name, comment.user_email, mails()) == (person, "Ada Larkin", "", [])


def test_a_quiet_ally_has_to_choose_a_name_for_this_comment(target, person):
    quiet = cast.client_of(cast.person("quenby@larkfield.example"))
    asked = send(target, quiet, name="")
    assert (asked.status_code, Comment.objects.count()) == (200, 0)
    assert "Our reports have the same disease." in asked.content.decode()
    send(target, quiet, name="Night Ferry")
    assert Comment.objects.get().user_name == "Night Ferry"


def test_pressing_twice_posts_once(target, person):
    form, client = filled(target), cast.client_of(person)
    answers = {client.post("/comments/post/", form)["Location"] for _time in range(2)}
    assert (len(answers), Comment.objects.count()) == (1, 1)


def test_the_same_form_with_other_words_is_another_comment(target, person):
    form, client = filled(target), cast.client_of(person)
    client.post("/comments/post/", form)
    client.post("/comments/post/", form | {"text": "One thing more."})
    assert sorted(Comment.objects.values_list("comment", flat=True)) == [
        "One thing more.",
        "Our reports have the same disease.",
    ]


def test_in_place_the_comment_comes_back_instead_of_the_form(target, person):
    response = cast.client_of(person).post("/comments/post/", filled(target), headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert f'id="comment-{Comment.objects.get().pk}"' in response.content.decode()
    assert "<html" not in response.content.decode()


def test_the_form_loads_in_place_and_as_a_page(target, person):
    address = f"/comments/new/{target.kind}/{target.thing.pk}/"
    client = cast.client_of(person)
    piece = client.get(address, headers={"HX-Request": "true"}).content.decode()
    page = client.get(address).content.decode()
    assert ("<html" in piece, "<html" in page) == (False, True)
    assert ("You write as" in piece, "You write as" in page) == (True, True)


def test_words_can_be_mended_for_a_quarter_of_an_hour(target, person):
    comment, client = say(target, "Frist.", user=person), cast.client_of(person)
    client.post(f"/comments/{comment.pk}/edit/", {"text": "First."})
    comment.refresh_from_db()
    assert (comment.comment, comment.edited_at is None) == ("First.", False)
    Comment.objects.update(submit_date=timezone.now() - timedelta(minutes=16))
    late = client.post(f"/comments/{comment.pk}/edit/", {"text": "Something else."})
    comment.refresh_from_db()
    assert (comment.comment, late.status_code) == ("First.", 200)
    assert "15 minutes" in late.content.decode()


def test_deleting_keeps_the_place_where_replies_hang_and_nothing_else(target, person):
    root, alone = say(target, "Root.", user=person), say(target, "Alone.", user=person)
    say(target, "Reply.", parent=root)
    for comment in (root, alone):
        cast.client_of(person).post(f"/comments/{comment.pk}/delete/")
    html = rendered(target, person)
    assert ("Root." in html, "Alone." in html, "Reply." in html) == (False, False, True)
    assert html.count("Its writer deleted this comment.") == 1
    assert "1 comment<" in html.replace("</h2>", "<")


@pytest.mark.parametrize("act", ["edit", "delete"])
def test_nobody_touches_the_words_of_others(target, person, act):
    comment = say(target, "Mine.", user=person)
    stranger = cast.client_of(cast.person("basil@larkfield.example"))
    answers = [
        stranger.get(f"/comments/{comment.pk}/{act}/"),
        stranger.post(f"/comments/{comment.pk}/{act}/", {"text": "x"}),
    ]
    comment.refresh_from_db()
    assert [answer.status_code for answer in answers] == [404, 404]
    assert (comment.comment, comment.is_removed) == ("Mine.", False)


def test_a_visitor_is_sent_to_sign_in_before_telling_an_editor(target):
    comment = say(target)
    assert Client().get(f"/comments/{comment.pk}/flag/")["Location"].startswith("/accounts/login/?next=")


def test_the_form_says_who_will_read_the_name(target, person):
    told = "Everybody who reads this page will see your comment under that name."
    address = reverse("conversation:new", args=[target.kind, target.thing.pk])
    pages = [
        cast.client_of(user).get(address).content.decode() for user in (person, cast.person("q@larkfield.example"))
    ]
    assert [told in page for page in pages] == [True, False]
