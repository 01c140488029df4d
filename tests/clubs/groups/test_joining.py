from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from clubs.groups import services
from clubs.groups.models import Access, Club, JoinRequest, Membership
from clubs.meetings.answering import answer
from clubs.meetings.models import Coming, Meeting, Rsvp
from clubs.services import leave_club
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_meeting

pytestmark = pytest.mark.django_db


def press_join(ally, club, **data):
    return client_of(ally).post(reverse("clubs:join", kwargs={"slug": club.slug}), data, follow=True)


def names(club):
    return sorted(club.memberships.values_list("ally__name", flat=True))


def test_founding_a_club_makes_its_founder_the_organiser(organiser):
    response = client_of(organiser).post(
        "/clubs/new/", {"name": "The  Thursday Table", "purpose": "Lunch.", "access": "open"}
    )
    club = Club.objects.get()
    assert (response["Location"], club.name) == ("/clubs/the-thursday-table/", "The Thursday Table")
    assert list(club.memberships.values_list("ally", "is_organiser")) == [(organiser.pk, True)]


def test_two_clubs_of_one_name_have_two_addresses_and_none_is_in_the_way_of_a_page(organiser):
    slugs = [a_club(organiser, name=name).slug for name in ("Table", "Table", "New", "読書会")]
    assert slugs == ["table", "table-2", "new-2", "group"]


def test_a_club_without_a_name_keeps_what_was_typed(organiser):
    page = client_of(organiser).post("/clubs/new/", {"name": "", "purpose": "A purpose kept.", "access": "open"})
    assert page.status_code == 422
    assert "A purpose kept." in page.content.decode()
    assert not Club.objects.exists()


def test_joining_an_open_club_twice_joins_once(club, ally):
    press_join(ally, club)
    page = press_join(ally, club)
    assert page.redirect_chain[-1][0] == "/clubs/the-thursday-table/"
    assert names(club) == ["Ada Larkin", "Orla Penrose"]


def test_a_full_club_says_so_and_takes_nobody(club, ally):
    Club.objects.update(cap=1)
    assert "This group is full" in press_join(ally, club).content.decode()
    assert names(club) == ["Orla Penrose"]


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_given_once(organiser):
    club = a_club(organiser, cap=3)
    allies = [make_ally(f"Person {n}") for n in range(8)]

    def try_to_join(ally):
        try:
            return services.join(club=club, ally=ally) and "in"
        except services.ClubIsFull:
            return "full"
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(try_to_join, allies))
    assert (sorted(outcomes), club.memberships.count()) == (["full"] * 6 + ["in"] * 2, 3)


def test_a_private_club_cannot_be_joined_and_looks_as_if_it_were_not_there(private_club, ally):
    unknown = client_of(ally).post("/clubs/no-such-club/members/join/")
    assert (press_join(ally, private_club).status_code, unknown.status_code) == (404, 404)
    assert names(private_club) == ["Orla Penrose"]


def test_asking_to_join_waits_for_the_organiser(organiser, ally):
    club = a_club(organiser, access=Access.REQUEST)
    for _again in range(2):
        page = press_join(ally, club, words="I hope to listen.")
    assert "You have asked" in page.content.decode()
    asked = JoinRequest.objects.get()
    members = client_of(organiser).get(f"/clubs/{club.slug}/members/").content.decode()
    assert ("I hope to listen." in members, names(club)) == (True, ["Orla Penrose"])
    client_of(organiser).post(f"/clubs/{club.slug}/members/requests/{asked.pk}/", {"answer": "yes"})
    assert (names(club), JoinRequest.objects.count()) == (["Ada Larkin", "Orla Penrose"], 0)


def test_a_declined_request_is_gone_and_lets_nobody_in(organiser, ally):
    club = a_club(organiser, access=Access.REQUEST)
    asked = services.ask_to_join(club=club, ally=ally)
    client_of(organiser).post(f"/clubs/{club.slug}/members/requests/{asked.pk}/", {"answer": "no"})
    assert (names(club), JoinRequest.objects.count()) == (["Orla Penrose"], 0)


def test_a_member_who_does_not_organise_lets_nobody_in(member, ally):
    asked = JoinRequest.objects.create(club=member.club, ally=ally)
    answer_url = f"/clubs/{member.club.slug}/members/requests/{asked.pk}/"
    assert client_of(member.ally).post(answer_url, {"answer": "yes"}).status_code == 404
    assert JoinRequest.objects.count() == 1


def test_leaving_frees_ones_seats_and_takes_answers_along(member):
    meeting = a_meeting(member.club, capacity=3)
    answer(meeting=meeting, ally=member.ally, coming=Coming.YES)
    client_of(member.ally).post(f"/clubs/{member.club.slug}/members/leave/")
    assert (Meeting.objects.get().seats_taken, Rsvp.objects.count(), names(member.club)) == (0, 0, ["Orla Penrose"])


def test_a_private_club_that_nobody_is_left_in_is_gone(private_club):
    leave_club(membership=private_club.memberships.get())
    assert not Club.objects.filter(pk=private_club.pk).exists()


def test_whoever_sits_down_at_an_abandoned_open_table_organises_it(club, ally):
    leave_club(membership=club.memberships.get())
    services.join(club=club, ally=ally)
    assert list(Membership.objects.values_list("ally", "is_organiser")) == [(ally.pk, True)]


@pytest.mark.parametrize(
    "address",
    [
        "/clubs/nope/",
        "/clubs/the-thursday-table/meetings/999999999999999999/",
        "/clubs/the-thursday-table/meetings/99999999999999999999999/",
        "/clubs/the-thursday-table/talk/0/",
        "/clubs/the-thursday-table/talk/77/",
        "/calendar/rubbish.ics",
    ],
)
def test_what_does_not_exist_is_a_404(club, organiser, address):
    assert client_of(organiser).get(address).status_code == 404


def test_a_nul_byte_is_refused_in_place(organiser):
    page = client_of(organiser).post("/clubs/new/", {"name": "a\x00b", "purpose": "p", "access": "open"})
    assert (page.status_code, Club.objects.count()) == (422, 0)
