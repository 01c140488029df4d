"""The waiting list of a full club, and the questions of one that has to be asked."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from post_office.models import Email

from clubs.groups import services
from clubs.groups.models import Access, Club, JoinRequest
from clubs.services import leave_club
from postbox.models import Notification
from postbox.sender import send_waiting
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_member

pytestmark = pytest.mark.django_db


def names(club):
    return sorted(club.memberships.values_list("ally__name", flat=True))


def waiting(club):
    return list(club.waiting.values_list("ally__name", flat=True))


def wait(ally, club, **data):
    return client_of(ally).post(f"{club.get_absolute_url()}members/wait/", data, follow=True).content.decode()


def test_the_first_who_waits_gets_the_place_that_comes_free_and_hears_of_it_once(organiser, ally):
    club = a_club(organiser, cap=2)
    guest, second = a_member(club, make_ally("Guest")), make_ally("Second")
    for someone in (ally, second, ally):
        assert "waiting list" in wait(someone, club)
    assert (waiting(club), names(club)) == (["Ada Larkin", "Second"], ["Guest", "Orla Penrose"])
    leave_club(membership=guest)
    services.fill_places(club=club)
    assert (waiting(club), names(club)) == (["Second"], ["Ada Larkin", "Orla Penrose"])
    told = Notification.objects.get()
    assert (told.user, told.text[:34]) == (ally.user, "A place came free in “The Thursday")
    assert [mail.to for mail in Email.objects.all()] == [[ally.user.email]]
    wait(second, club, stop="1")
    assert waiting(club) == []


def test_a_larger_cap_lets_in_who_waits_and_a_smaller_one_sends_nobody_away(organiser, ally):
    club = a_club(organiser, cap=1)
    services.wait(club=club, ally=ally)
    about = {"name": club.name, "purpose": club.purpose, "access": Access.OPEN}
    services.change_club(club=club, edition=1, cap=3, **about)
    services.change_club(club=club, edition=2, cap=1, **about)
    assert names(club) == ["Ada Larkin", "Orla Penrose"]
    with pytest.raises(services.ClubIsFull):
        services.join(club=club, ally=make_ally("Late"))
    assert Club.objects.get().seats_taken == 2


def test_behind_a_door_that_closes_those_who_wait_have_asked_and_behind_a_hidden_one_wait_no_more(organiser, ally):
    for access, asking in ((Access.REQUEST, ["Ada Larkin"]), (Access.PRIVATE, [])):
        club = a_club(organiser, cap=1)
        services.wait(club=club, ally=ally)
        services.change_club(club=club, edition=1, name="N", purpose="P", access=access, cap=1)
        asked = JoinRequest.objects.filter(club=club).values_list("ally__name", flat=True)
        assert (waiting(club), list(asked)) == ([], asking)


@pytest.mark.django_db(transaction=True)
def test_places_that_come_free_at_once_are_given_once_each(organiser):
    club = a_club(organiser, cap=5)
    seated = [a_member(club, make_ally(f"Seated {n}")) for n in range(4)]
    for n in range(6):
        services.wait(club=club, ally=make_ally(f"Waiting {n}"))

    def go(member):
        try:
            leave_club(membership=member)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(go, seated))
    assert names(club) == ["Orla Penrose", *(f"Waiting {n}" for n in range(4))]
    assert (waiting(club), Club.objects.get().seats_taken) == (["Waiting 4", "Waiting 5"], 5)
    assert Notification.objects.count() == 4


def test_whoever_asks_answers_the_club_s_questions_and_the_organisers_hear_of_it(organiser, ally):
    club = a_club(organiser, access=Access.REQUEST, questions=["Which shift?", "Why us?"])
    browser, join = client_of(ally), f"{club.get_absolute_url()}members/join/"
    missing = browser.post(join, {"answer_0": "Nights, kept.", "words": "Hello."})
    assert (missing.status_code, "Nights, kept." in missing.content.decode()) == (422, True)
    browser.post(join, {"answer_0": "Nights.", "answer_1": "The bread.", "words": "Hello."})
    assert JoinRequest.objects.get().answers == [["Which shift?", "Nights."], ["Why us?", "The bread."]]
    page = client_of(organiser).get(f"{club.get_absolute_url()}members/").content.decode()
    assert [word in page for word in ("Which shift?", "Nights.", "The bread.", "Hello.")] == [True] * 4
    told = Notification.objects.get()
    assert (told.user, "Ada" in told.text) == (organiser.user, False)


def test_a_letter_about_a_request_that_was_answered_or_taken_back_is_not_sent(organiser, ally):
    club = a_club(organiser, access=Access.REQUEST)
    services.decline(request=services.ask_to_join(club=club, ally=ally))
    (letter,) = Email.objects.all()
    assert letter.to == [organiser.user.email]
    assert send_waiting() == 0


def test_the_place_of_a_login_that_went_is_given_on(organiser, ally):
    club = a_club(organiser, cap=2)
    gone = a_member(club, make_ally("Guest"))
    services.wait(club=club, ally=ally)
    gone.ally.user.delete()
    assert names(club) == ["Orla Penrose"]
    assert (services.put_right(), names(club), services.put_right()) == (1, ["Ada Larkin", "Orla Penrose"], 0)
