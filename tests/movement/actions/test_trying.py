"""From a comment to a small action in one step: linked both ways, as far as each chose to be seen."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client

from content.pages.articles import ArticleIndexPage, ArticlePage
from content.pages.talk import site_talk_days
from conversation.changing import remove
from conversation.hosts import target_of
from conversation.models import Comment, RemovedBy
from conversation.services import Words, place
from movement.actions.models import Action, Audience
from movement.actions.services import change_action, erase_actions
from movement.actions.services import log_tried as note
from movement.allies.models import Ally
from tests import cast
from tests.clubs.worlds import a_club, a_meeting
from tests.conversation.conftest import rendered

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(site_pages) -> ArticlePage:
    page = ArticlePage(title="The invoice", slug="the-invoice", standfirst="Nobody asked.")
    return ArticleIndexPage.objects.get().add_child(instance=page)


@pytest.fixture
def comment(article) -> Comment:
    return comment_under(article)


def comment_under(thing, *, by: Ally | None = None) -> Comment:
    words = Words(name="Hester Vane", text="Ask the driver first.", press="")
    who = {"user": by.user} if by else {"email": "hester@example.org"}
    return place(target=target_of(thing), words=words, **who)


def log_tried(*, ally: Ally, comment: Comment) -> Action:
    return note(ally=ally, comment=comment, text="Asked the driver.")


def address(comment: Comment) -> str:
    return f"/actions/tried/{comment.pk}/"


def test_one_press_notes_it_once_and_links_both_ways(article, comment, ally):
    client = cast.client_of(ally)
    for _press in range(2):
        assert client.post(address(comment)).status_code == 302
    action = Action.objects.get()
    assert (action.ally, action.comment_id, action.text) == (
        ally,
        comment.pk,
        "Tried what was said under “The invoice”.",
    )
    wall = client.get("/actions/").text
    assert f'href="/comments/{comment.pk}/"' in wall
    assert "1 ally tried this" in rendered(target_of(article), ally.user)
    assert "You tried this" in rendered(target_of(article), ally.user)


def test_the_database_keeps_it_to_once(comment, ally):
    log_tried(ally=ally, comment=comment)
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.create(ally=ally, text="Again.", comment=comment)


def test_in_place_it_says_so_and_can_be_taken_back(comment, ally):
    client = cast.client_of(ally)
    piece = client.post(address(comment), headers={"HX-Request": "true"}).text
    action = Action.objects.get()
    assert "You tried this" in piece
    assert f"/actions/{action.pk}/delete/" in piece
    assert "<html" not in piece
    client.post(f"/actions/{action.pk}/delete/")
    assert "You tried this" not in client.get(address(comment)).text


def test_a_visitor_sees_a_number_and_no_way_further(article, comment, ally, quiet_ally):
    for one in (ally, quiet_ally):
        log_tried(ally=one, comment=comment)
    page = rendered(target_of(article), AnonymousUser())
    assert "2 allies tried this" in page
    assert f'href="{address(comment)}"' not in page
    assert "csrfmiddlewaretoken" not in page
    assert "I tried this" not in page
    assert Client().get(address(comment))["Location"].startswith("/accounts/login/")


def test_what_somebody_keeps_to_themselves_is_counted_for_nobody_else(article, comment, ally, organiser):
    change_action(action=log_tried(ally=ally, comment=comment), audience=Audience.ONLY_ME)
    assert "tried this" not in rendered(target_of(article), AnonymousUser())
    assert "1 ally" not in rendered(target_of(article), organiser.user)
    assert "You tried this" in rendered(target_of(article), ally.user)


def test_who_tried_it_is_told_as_far_as_each_is_seen(comment, ally, alias_ally, quiet_ally, organiser):
    for one in (ally, alias_ally, quiet_ally):
        log_tried(ally=one, comment=comment)
    told = cast.client_of(organiser).get(address(comment)).text
    assert [name in told for name in ("Ada Larkin", "Night Ferry", "Basil Thorne", "Quenby Marsh")] == [
        True,
        True,
        False,
        False,
    ]
    assert told.count('<li id="action-') == 3


def test_nobody_tries_their_own_words_what_is_gone_or_what_they_cannot_see(article, ally, organiser, alias_ally):
    own, gone = comment_under(article, by=ally), comment_under(article)
    remove(comment=gone, by=RemovedBy.EDITOR)
    inside = comment_under(a_meeting(a_club(organiser)), by=organiser)
    client = cast.client_of(ally)
    assert [client.post(address(one)).status_code for one in (own, gone, inside)] == [404] * 3
    assert client.get(address(inside)).status_code == 404
    assert client.get("/actions/tried/99999999999/").status_code == 404
    assert Action.objects.count() == 0


def test_an_action_from_a_closed_circle_points_at_nothing(organiser, ally):
    club = a_club(organiser, name="The Low Shelf")
    club.memberships.create(ally=ally)
    inside = comment_under(a_meeting(club), by=organiser)
    cast.client_of(ally).post(address(inside))
    action = Action.objects.get()
    assert action.text == "Tried something that came up in a talk."
    assert action.came_from is None
    assert f"/comments/{inside.pk}/" not in cast.client_of(ally).get("/actions/").text


def test_an_action_outlives_the_comment_it_came_from(comment, ally):
    log_tried(ally=ally, comment=comment)
    remove(comment=comment, by=RemovedBy.WRITER)
    assert f"/comments/{comment.pk}/" not in cast.client_of(ally).get("/actions/").text
    assert Action.objects.count() == 1


def test_who_leaves_is_not_counted_any_more(comment, ally, organiser):
    for one in (ally, organiser):
        log_tried(ally=one, comment=comment)
    erase_actions(ally.user)
    assert Comment.objects.get().tried == Action.objects.count() == 1


def test_a_page_of_fifty_costs_six_queries(article, ally, organiser, django_assert_max_num_queries):
    for _number in range(50):
        log_tried(ally=ally, comment=comment_under(article))
    target = target_of(article)
    assert (article.bylines, site_talk_days()) == ([], 0)  # the page has read both before its talk begins
    with django_assert_max_num_queries(6):
        assert rendered(target, organiser.user).count("1 ally tried this") == 50
