"""Editors decide in the CMS; nobody else does."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django_comments.models import CommentFlag

from accounts.roles import ensure_roles
from conversation import changing
from conversation.models import Comment
from tests import cast
from tests.conversation.conftest import rendered, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor) -> Client:
    """An editor's browser."""
    ensure_roles()
    return cast.client_of(editor)


def test_an_editor_takes_a_comment_down_with_a_reason_and_lets_it_stand_again(target, desk):
    comment = say(target, "It was Larkfield Clinic.")
    desk.post(f"/cms/comments/{comment.pk}/remove/", {"why": "it named a customer"})
    page = rendered(target, AnonymousUser())
    assert ("Larkfield Clinic" in page, "it named a customer" in page) == (False, True)
    desk.post(f"/cms/comments/{comment.pk}/approve/")
    assert "Larkfield Clinic" in rendered(target, AnonymousUser())


def test_the_list_shows_what_was_flagged_and_deciding_settles_it(target, desk, person):
    quiet, loud = say(target, "fine words"), say(target, "loud words")
    cast.client_of(person).post(f"/comments/{loud.pk}/flag/")
    cast.client_of(person).post(f"/comments/{loud.pk}/flag/")
    page = desk.get("/cms/comments/?show=flagged").content.decode()
    assert ("loud words" in page, "fine words" in page, "flagged by 1 person" in page) == (True, False, True)
    desk.post(f"/cms/comments/{loud.pk}/approve/")
    assert (CommentFlag.objects.count(), Comment.objects.standing().count()) == (0, 2)
    assert "loud words" not in desk.get("/cms/comments/?show=flagged").content.decode()
    assert quiet.pk


@pytest.mark.parametrize("show", ["", "flagged", "held", "removed", "x&before=" + "9" * 40, "&before=1"])
def test_every_view_of_the_list_opens(target, desk, show):
    changing.remove(comment=say(target), by="editor")
    changing.remove(comment=say(target), by="writer")
    assert desk.get(f"/cms/comments/?show={show}").status_code == 200


def test_the_list_costs_the_same_for_1_3_and_30(target, desk, django_assert_max_num_queries):
    for wanted in (1, 3, 30):
        while Comment.objects.count() < wanted:
            say(target)
        desk.get("/cms/comments/")
        with django_assert_max_num_queries(24):
            desk.get("/cms/comments/")


def test_what_its_writer_deleted_stays_deleted(target, desk):
    comment = changing.remove(comment=say(target), by="writer")
    desk.post(f"/cms/comments/{comment.pk}/approve/")
    comment.refresh_from_db()
    assert (comment.is_removed, comment.comment) == (True, "")


@pytest.mark.parametrize("who", ["reader", "author", "ally"])
def test_others_have_no_say(target, request, who):
    ensure_roles()
    comment, client = say(target), cast.client_of(request.getfixturevalue(who))
    statuses = [
        client.get("/cms/comments/").status_code,
        client.post(f"/cms/comments/{comment.pk}/remove/").status_code,
        client.post(f"/cms/comments/{comment.pk}/approve/").status_code,
    ]
    comment.refresh_from_db()
    assert (set(statuses) <= {302, 403}, comment.is_removed) == (True, False)


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "foo", "javascript:alert(1)"]
)
def test_the_way_back_never_leads_off_the_site(target, desk, back):
    comment = say(target)
    answer = desk.post(f"/cms/comments/{comment.pk}/remove/", {"back": back})
    assert answer["Location"] == "/cms/comments/"


def test_the_way_back_leads_to_the_list_one_came_from(target, desk):
    answer = desk.post(f"/cms/comments/{say(target).pk}/remove/", {"back": "/cms/comments/?show=flagged"})
    assert answer["Location"] == "/cms/comments/?show=flagged"
