"""The same talk under ideas, for allies, and under meetings, for members; quiet ones read along."""

import pytest
from django.test import Client

from accounts.roles import ensure_roles
from conversation import judging
from conversation.changing import flag
from conversation.hosts import target_of
from conversation.models import Comment
from movement.actions.models import Idea, Kind
from tests import cast
from tests.clubs.worlds import a_club, a_meeting, a_member
from tests.conversation.conftest import mails, say, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea(db) -> Idea:
    return Idea.objects.create(title="Ask one thing", slug="ask-one-thing", text="How?", kind=Kind.RELATIONS)


@pytest.fixture
def club(organiser, ally, quiet_ally):
    found = a_club(organiser, access="private")
    a_member(found, ally)
    a_member(found, quiet_ally)
    return found


@pytest.fixture
def meeting(club):
    return a_meeting(club)


def test_an_idea_is_talked_about_among_allies_by_their_chosen_names(idea, ally, alias_ally, quiet_ally):
    target = target_of(idea)
    for who in (ally, alias_ally, quiet_ally):
        send(target, cast.client_of(who), text=f"Words {who.pk}.", name="Somebody Else")
    assert [one.user_name for one in Comment.objects.order_by("pk")] == ["Ada Larkin", "Night Ferry"]
    page = cast.client_of(quiet_ally).get(idea.get_absolute_url()).text
    assert "Night Ferry" in page
    assert "Basil" not in page
    assert "You are counted, never shown" in page
    assert "Add a comment" not in page


@pytest.mark.parametrize("who", ["visitor", "newcomer"])
def test_who_is_no_ally_finds_no_talk_of_allies(idea, who):
    user = cast.person("new@larkfield.example") if who == "newcomer" else None
    root = say(target_of(idea))
    client = cast.client_of(user)
    assert send(target_of(idea), client).status_code == 404
    for address in (f"/comments/new/movement.idea/{idea.pk}/", f"/comments/more/movement.idea/{idea.pk}/"):
        assert client.get(address).status_code == 404
    assert client.get(f"/comments/{root.pk}/").status_code == 404
    assert Comment.objects.count() == 1


def test_an_idea_that_was_put_away_takes_its_talk_along(idea, ally):
    root = say(target_of(idea), user=ally.user)
    Idea.objects.update(is_published=False)
    assert cast.client_of(ally).get(f"/comments/{root.pk}/").status_code == 404


def test_a_meeting_is_talked_about_by_its_members_alone(meeting, ally, alias_ally, quiet_ally):
    target = target_of(meeting)
    statuses = [send(target, cast.client_of(who)).status_code for who in (ally, alias_ally, None)]
    assert statuses == [303, 404, 404]
    assert "You are unseen here, and words without a name" in send(target, cast.client_of(quiet_ally)).text
    assert [one.user for one in Comment.objects.all()] == [ally.user]
    assert "Our reports have the same disease." in cast.client_of(quiet_ally).get(meeting.get_absolute_url()).text


def test_who_left_the_club_hears_no_more(meeting, club, ally, organiser):
    mine = say(target_of(meeting), user=ally.user, followup=True)
    say(target_of(meeting), user=organiser.user, parent=mine)
    club.memberships.filter(ally=ally).delete()
    say(target_of(meeting), user=organiser.user, parent=mine)
    assert [mail.to for mail in mails("comment-reply")] == [[ally.user.email]]


@pytest.fixture
def flagged(meeting, organiser, ally) -> Comment:
    comment = say(target_of(meeting), "Theirs was slower.", user=ally.user, name="Ada Larkin")
    flag(comment=comment, user=organiser.user)
    return comment


def test_organisers_see_what_is_flagged_in_their_own_club_only(flagged, organiser, alias_ally, ally):
    elsewhere = say(
        target_of(a_meeting(a_club(alias_ally, name="The Other Table"))), "Elsewhere.", user=alias_ally.user
    )
    flag(comment=elsewhere, user=organiser.user)
    desk = cast.client_of(organiser).get("/comments/desk/").text
    assert "Theirs was slower." in desk
    assert "Elsewhere." not in desk
    assert "Elsewhere." in cast.client_of(alias_ally).get("/comments/desk/").text
    assert cast.client_of(ally).get("/comments/desk/").status_code == 404
    assert Client().get("/comments/desk/").status_code == 404


def test_an_organiser_takes_down_and_lets_stand_and_the_log_says_so(flagged, organiser, ally):
    client = cast.client_of(organiser)
    for act, gone in (("remove", True), ("approve", False)):
        client.post("/comments/desk/decide/", {"act": act, "comment": flagged.pk, "why": "Names a person"})
        flagged.refresh_from_db()
        assert flagged.is_removed is gone
    assert [(one.what, one.by) for one in flagged.decisions.order_by("pk")] == [
        ("removed", organiser.user),
        ("approved", organiser.user),
    ]
    assert [mail.to for mail in mails("comment-removed")] == [[ally.user.email]]


@pytest.mark.parametrize("act", ["block", "", "unblock"])
def test_an_organiser_blocks_nobody(flagged, organiser, act):
    cast.client_of(organiser).post("/comments/desk/decide/", {"act": act, "comment": flagged.pk})
    flagged.refresh_from_db()
    assert (flagged.is_removed, flagged.decisions.count()) == (False, 0)


def test_an_organiser_has_no_say_elsewhere(flagged, idea, organiser, alias_ally):
    a_meeting(a_club(alias_ally, name="The Other Table"))
    other = cast.client_of(alias_ally)
    assert other.post("/comments/desk/decide/", {"act": "remove", "comment": flagged.pk}).status_code == 302
    under_an_idea = say(target_of(idea))
    cast.client_of(organiser).post("/comments/desk/decide/", {"act": "remove", "comment": under_an_idea.pk})
    assert Comment.objects.filter(is_removed=True).count() == 0


def test_editors_get_what_is_flagged_there_and_nothing_else_of_it(flagged, meeting, ally, editor):
    ensure_roles()
    say(target_of(meeting), "Said among us.", user=ally.user)
    client = cast.client_of(editor)
    assert "Theirs was slower." in client.get("/cms/comments/?show=waiting").text
    for show in ("", "removed", "held", "x", "all"):
        assert "Said among us." not in client.get(f"/cms/comments/?show={show}").text


def test_editors_decide_there_on_what_is_flagged_and_on_nothing_else(flagged, meeting, ally, editor):
    ensure_roles()
    quiet = say(target_of(meeting), "Said among us.", user=ally.user)
    client = cast.client_of(editor)
    client.post("/cms/comments/decide/", {"act": "remove", "comment": [quiet.pk]})
    statuses = [client.post(f"/cms/comments/{quiet.pk}/{act}/").status_code for act in ("approve", "remove")]
    assert (statuses, Comment.objects.filter(is_removed=True).count()) == ([404, 404], 0)
    client.post("/cms/comments/decide/", {"act": "remove", "comment": [quiet.pk, flagged.pk]})
    assert [one.pk for one in Comment.objects.filter(is_removed=True)] == [flagged.pk]


def test_editors_read_what_is_flagged_there_without_what_it_answers(meeting, ally, organiser, editor):
    ensure_roles()
    root = say(target_of(meeting), "Said among us.", user=ally.user)
    flag(comment=say(target_of(meeting), "Loud.", user=ally.user, parent=root), user=organiser.user)
    page = cast.client_of(editor).get("/cms/comments/").text
    assert ("Loud." in page, "Said among us." in page) == (True, False)


def test_the_log_of_the_editors_says_nothing_of_a_club(club, alias_ally, ally, idea, editor):
    ensure_roles()
    theirs = a_meeting(a_club(alias_ally, name="The Other Table"))
    inside, outside = say(target_of(theirs), user=alias_ally.user, name="Night Ferry"), say(target_of(idea))
    judging.take_down(comments=[inside], editor=alias_ally.user, why="Names the head of finance")
    judging.take_down(comments=[outside], editor=editor, why="Off the point")
    client = cast.client_of(editor)
    logs = [client.get("/cms/comments/log/").text]
    Comment.objects.filter(pk=inside.pk).delete()
    logs.append(client.get("/cms/comments/log/").text)
    for page in logs:
        assert "Off the point" in page
        assert [words for words in ("finance", "Night Ferry", "Basil", alias_ally.user.email) if words in page] == []


def test_the_desk_costs_the_same_for_1_and_30(meeting, organiser, ally, django_assert_max_num_queries):
    client = cast.client_of(organiser)
    costs = []
    for number in (1, 29):
        for _each in range(number):
            flag(comment=say(target_of(meeting), user=ally.user), user=organiser.user)
        with django_assert_max_num_queries(40) as asked:
            assert client.get("/comments/desk/").status_code == 200
        costs.append(len(asked))
    assert costs[1] <= costs[0]


def test_the_talk_shows_the_way_to_the_desk_to_its_organisers_only(meeting, organiser, ally):
    says = "Look after this talk"
    pages = [cast.client_of(who).get(meeting.get_absolute_url()).text for who in (organiser, ally)]
    assert [says in page for page in pages] == [True, False]
