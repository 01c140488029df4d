"""Whoever is removed for good gets in by no door, until an organiser lifts it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from clubs.groups import services
from clubs.groups.invitations import make_token
from clubs.groups.keeping_out import KeptOut
from clubs.groups.models import Access, Club, JoinRequest, Membership, Waiting
from clubs.groups.services import MayNotComeBack, admit, ask_to_join, fill_places, join, wait
from clubs.services import remove_member
from content.models import Topic
from movement.allies.models import Visibility
from movement.allies.services import change_appearance
from postbox.models import Notification
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_member

pytestmark = pytest.mark.django_db


def inside(club, path=""):
    return f"{club.get_absolute_url()}members/{path}"


def page_of(someone, address):
    return client_of(someone).get(address).content.decode()


@pytest.fixture
def gone(member, organiser):
    """Milo was removed for good, by the check box."""
    address = inside(member.club, f"{member.public_id}/remove/")
    client_of(organiser).post(address, {"for_good": "1"})
    return member


def is_inside(club, ally):
    return Membership.objects.filter(club=club, ally=ally).exists()


def test_without_the_check_box_whoever_was_removed_may_sit_down_again(member, organiser):
    client_of(organiser).post(inside(member.club, f"{member.public_id}/remove/"))
    client_of(member.ally).post(inside(member.club, "join/"))
    assert (is_inside(member.club, member.ally), KeptOut.objects.count()) == (True, 0)


def test_they_are_told_kindly_and_plainly_and_the_page_offers_them_no_door(gone):
    told = Notification.objects.get(user=gone.ally.user).text
    assert told.startswith("Your time in “The Thursday Table” has ended for good; its organisers decided so.")
    page = page_of(gone.ally, gone.club.get_absolute_url())
    said = [words in page for words in ("decided that you do not come back", "Join this group", "Wait for a place")]
    assert said == [True, False, False]


@pytest.mark.parametrize(
    ("about", "path"),
    [
        ({"access": Access.OPEN}, "join/"),
        ({"access": Access.OPEN, "cap": 1}, "wait/"),
        ({"access": Access.REQUEST}, "join/"),
        ({"access": Access.INVITATION}, "invited"),
    ],
)
def test_no_door_lets_them_in(gone, organiser, about, path):
    Club.objects.filter(pk=gone.club.pk).update(**about)
    club = Club.objects.get()
    if path == "invited":
        path = f"invited/{make_token(organiser=club.memberships.get(ally=organiser))}/"
    answer = client_of(gone.ally).post(inside(club, path), {"words": "Please."}, follow=True)
    assert "decided that you do not come back" in answer.content.decode()
    assert (is_inside(club, gone.ally), Waiting.objects.count(), JoinRequest.objects.count()) == (False, 0, 0)


def test_a_link_into_a_hidden_club_shows_them_nothing(gone, organiser):
    Club.objects.update(access=Access.PRIVATE)
    club = Club.objects.get()
    address = inside(club, f"invited/{make_token(organiser=club.memberships.get(ally=organiser))}/")
    browser = client_of(gone.ally)
    assert [browser.get(address).status_code, browser.post(address).status_code] == [404, 404]


def test_what_they_had_asked_for_goes_and_nobody_is_seated_in_passing(member, organiser, ally):
    club = member.club
    Waiting.objects.create(club=club, ally=member.ally)
    JoinRequest.objects.create(club=club, ally=member.ally)
    remove_member(membership=member, for_good=True)
    assert (Waiting.objects.count(), JoinRequest.objects.count()) == (0, 0)
    Waiting.objects.create(club=club, ally=member.ally)  # in the same moment, by another request
    Waiting.objects.create(club=club, ally=ally)
    fill_places(club=club)
    assert (is_inside(club, member.ally), is_inside(club, ally)) == (False, True)


def test_a_request_of_the_same_moment_is_not_let_in_and_the_organiser_is_told_why(gone, organiser):
    Club.objects.update(access=Access.REQUEST)
    asked = JoinRequest.objects.create(club=gone.club, ally=gone.ally)
    address = inside(gone.club, f"requests/{asked.pk}/")
    page = client_of(organiser).post(address, {"answer": "yes"}, follow=True).content.decode()
    assert ("Lift that first" in page, is_inside(gone.club, gone.ally)) == (True, False)


def test_every_service_heeds_it(gone):
    for access, act in ((Access.OPEN, join), (Access.OPEN, wait), (Access.REQUEST, ask_to_join)):
        Club.objects.update(access=access)
        with pytest.raises(MayNotComeBack):
            act(club=Club.objects.get(), ally=gone.ally)
    seats = Club.objects.get().seats_taken
    with pytest.raises(MayNotComeBack), transaction.atomic():
        admit(Club.objects.get(), gone.ally)
    assert (Club.objects.get().seats_taken, is_inside(gone.club, gone.ally)) == (seats, False)


def test_the_organisers_see_whom_and_lift_it_and_no_other_does(gone, organiser, ally):
    a_member(gone.club, ally)
    kept = KeptOut.objects.get()
    assert ["Removed for good" in page_of(who, inside(gone.club)) for who in (organiser, ally)] == [True, False]
    lift = inside(gone.club, f"kept-out/{kept.pk}/lift/")
    assert [client_of(who).post(lift).status_code for who in (ally, gone.ally)] == [404, 404]
    elsewhere = a_club(ally, "Another Table")
    assert client_of(ally).post(inside(elsewhere, f"kept-out/{kept.pk}/lift/")).status_code == 404
    client_of(organiser).post(lift)
    client_of(gone.ally).post(inside(gone.club, "join/"))
    assert (KeptOut.objects.count(), is_inside(gone.club, gone.ally)) == (0, True)


def test_the_list_keeps_the_name_they_had_so_that_a_later_alias_stays_one(gone, organiser):
    change_appearance(ally=gone.ally, timezone="UTC", visibility=Visibility.ALIAS, alias="Night Ferry")
    page = page_of(organiser, inside(gone.club))
    assert ["Milo Ferrant" in page, "Night Ferry" in page] == [True, False]


def test_a_group_that_keeps_them_out_is_not_recommended_to_them(gone, organiser, organisation):
    his_own = a_club(gone.ally, "His Own")
    topic = Topic.objects.create(name="Listening", slug="listening")
    for club in (his_own, gone.club):
        club.topics.add(topic)
    Club.objects.filter(pk=gone.club.pk).update(starts_with=2)
    assert "one person short" not in page_of(gone.ally, "/clubs/")
    KeptOut.objects.all().delete()
    assert "one person short" in page_of(gone.ally, "/clubs/")


def test_one_is_kept_out_of_a_club_once(gone):
    with pytest.raises(IntegrityError), transaction.atomic():
        KeptOut.objects.create(club=gone.club, ally=gone.ally, called="Milo")


@pytest.mark.django_db(transaction=True)
def test_whoever_joins_again_in_the_moment_of_being_removed_is_not_inside_afterwards(organiser):
    club = a_club(organiser)
    for n in range(12):
        member = a_member(club, make_ally(f"Guest {n}"))

        def act(what, member=member):
            try:
                if what == "remove":
                    remove_member(membership=member, for_good=True)
                else:
                    join(club=club, ally=member.ally)
            except services.MayNotComeBack:
                pass
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(act, ["join", "remove", "join", "join"]))
    assert list(Membership.objects.values_list("ally__name", flat=True)) == ["Orla Penrose"]
    assert (Club.objects.get().seats_taken, KeptOut.objects.count()) == (1, 12)
