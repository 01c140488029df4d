"""Helpful, I'll try this, thank you: one each per person, and never who."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.personal_data import declarations
from conversation import changing, reacting
from conversation.models import Comment, Reaction, RemovedBy
from conversation.reactions import Kind
from tests import cast
from tests.conversation.conftest import rendered, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(target) -> Comment:
    return say(target, "Ask the driver first.", email="hester@example.org")


@pytest.fixture
def basil(db):
    return cast.person("basil@larkfield.example", name="Basil Thorne")


def counts(comment: Comment) -> dict[str, int]:
    return {kind.value: count for kind, count in Comment.objects.get(pk=comment.pk).said}


def press(who, comment: Comment, **data):
    return cast.client_of(who).post(f"/comments/{comment.pk}/react/", data)


def test_each_is_said_once_and_taken_back(comment, person, basil):
    for who, data in [
        (person, {"give": "helpful"}),
        (person, {"give": "helpful"}),
        (person, {"give": "thanks"}),
        (basil, {"give": "helpful"}),
        (basil, {"take": "thanks"}),
    ]:
        assert press(who, comment, **data).status_code == 303
    assert counts(comment) == {"helpful": 2, "will_try": 0, "thanks": 1}
    press(person, comment, take="helpful")
    assert counts(comment) == {"helpful": 1, "will_try": 0, "thanks": 1}


def test_the_database_keeps_it_to_once(comment, person):
    Reaction.objects.create(comment=comment, user=person, kind=Kind.THANKS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reaction.objects.create(comment=comment, user=person, kind=Kind.THANKS)


@pytest.mark.parametrize("data", [{}, {"give": "likes"}, {"give": "is_public"}, {"give": "\x00"}, {"take": ""}])
def test_what_is_no_reaction_changes_nothing(comment, person, data):
    assert press(person, comment, **data).status_code == 303
    assert Reaction.objects.count() == 0


def test_nobody_praises_themselves_what_is_gone_or_what_they_cannot_see(target, person, basil, house):
    own, gone, held = say(target, user=person), say(target), say(target)
    changing.remove(comment=gone, by=RemovedBy.EDITOR)
    Comment.objects.filter(pk=held.pk).update(is_public=False)
    assert [press(person, one, give="thanks").status_code for one in (own, gone, held)] == [404] * 3
    house.visible = False
    assert press(basil, own, give="thanks").status_code == 404
    assert Reaction.objects.count() == 0


def test_a_visitor_sees_counts_and_no_button_and_is_asked_to_sign_in(target, comment, person):
    press(person, comment, give="helpful")
    page = rendered(target, AnonymousUser())
    assert 'Helpful<span class="said__n">1</span>' in page
    assert f"/comments/{comment.pk}/react/" not in page
    assert "csrfmiddlewaretoken" not in page
    answer = Client().post(f"/comments/{comment.pk}/react/", {"give": "helpful"})
    assert answer["Location"].startswith("/accounts/login/?next=")
    assert "react" not in answer["Location"]
    assert Client().get(f"/comments/{comment.pk}/react/").status_code == 405


def test_in_place_the_buttons_come_back_and_know_what_was_pressed(comment, person):
    client = cast.client_of(person)
    address = f"/comments/{comment.pk}/react/"
    said = client.post(address, {"give": "will_try"}, headers={"HX-Request": "true"}).text
    assert 'name="take" value="will_try" aria-pressed="true"' in said
    assert 'name="give" value="helpful" aria-pressed="false"' in said
    assert "<html" not in said
    back = client.post(address, {"take": "will_try"}, headers={"HX-Request": "true"}).text
    assert 'name="give" value="will_try" aria-pressed="false"' in back


def test_who_said_it_is_nowhere(target, comment, person, basil):
    press(basil, comment, give="helpful")
    for viewer in (AnonymousUser(), person):
        page = rendered(target, viewer)
        assert "Basil" not in page
        assert "basil@" not in page


def test_the_cache_of_the_whole_site_is_not_emptied_by_a_press(
    comment, person, house, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        press(person, comment, give="helpful")
    assert house.changed == []


def test_who_leaves_takes_their_presses_along(comment, person, basil):
    press(person, comment, give="helpful")
    press(basil, comment, give="helpful")
    mine = next(one for one in declarations() if one.model is Reaction)
    assert [dict(row) for row in mine.export(person)] == [{"comment_id": comment.pk, "kind": "helpful"}]
    mine.erase(person)
    assert counts(comment)["helpful"] == 1
    assert Reaction.objects.filter(user=person).count() == 0


@pytest.mark.django_db(transaction=True)
def test_presses_at_the_same_moment_count_each_once(target, person, basil):
    comment = say(target)

    def at_once(user):
        try:
            reacting.react(comment=comment, user=user, kind=Kind.HELPFUL, wanted=True)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(at_once, [person, basil, person, basil]))
    assert counts(comment)["helpful"] == Reaction.objects.count() == 2


def test_a_page_of_fifty_with_presses_costs_six_queries(target, person, django_assert_max_num_queries):
    for number in range(50):
        one = say(target, f"{number}")
        reacting.react(comment=one, user=person, kind=Kind.THANKS, wanted=True)
    with django_assert_max_num_queries(6):
        assert rendered(target, person).count('aria-pressed="true"') == 50
