"""The last seats, and who gets one that comes free."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from clubs.meetings.answering import answer
from clubs.meetings.models import Coming, Meeting, Rsvp
from clubs.meetings.services import call_off, change
from clubs.meetings.telling import SEAT, still_seated
from clubs.services import leave_club
from postbox.models import Dispatch
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_meeting, a_member

pytestmark = pytest.mark.django_db


def guests(club, number):
    """Members who were there at once, made without the site's own ceremony."""
    return [a_member(club, make_ally(f"Guest {n}")).ally for n in range(number)]


def outcome(meeting):
    rows = dict(Rsvp.objects.filter(meeting=meeting).values_list("ally__name", "coming"))
    return rows, Meeting.objects.values_list("seats_taken", flat=True).get(pk=meeting.pk)


def told():
    return list(Dispatch.objects.filter(kind=SEAT).order_by("pk").values_list("user__ally__name", flat=True))


def test_who_comes_too_late_waits_and_gets_the_next_seat_in_turn_and_one_letter(club, organiser):
    meeting = a_meeting(club, capacity=1)
    first, second = guests(club, 2)
    page = ""
    for ally in (organiser, first, second, first):
        page = client_of(ally).post(meeting.get_absolute_url(), {"coming": "yes"}, follow=True).content.decode()
    assert "You are on the waiting list" in page
    assert outcome(meeting) == ({"Orla Penrose": "yes", "Guest 0": "waiting", "Guest 1": "waiting"}, 1)
    answer(meeting=meeting, ally=organiser, coming=Coming.MAYBE)
    assert outcome(meeting) == ({"Orla Penrose": "maybe", "Guest 0": "yes", "Guest 1": "waiting"}, 1)
    assert told() == ["Guest 0"]
    event = Dispatch.objects.get(kind=SEAT).event
    assert still_seated(first.user, event)
    answer(meeting=meeting, ally=first, coming=Coming.NO)
    assert (still_seated(first.user, event), told()) == (False, ["Guest 0", "Guest 1"])
    assert outcome(meeting) == ({"Orla Penrose": "maybe", "Guest 0": "no", "Guest 1": "yes"}, 1)


def test_leaving_the_club_or_the_waiting_list_passes_the_seat_on(club, member):
    meeting = a_meeting(club, capacity=1)
    first, second = guests(club, 2)
    for ally in (member.ally, first, second):
        answer(meeting=meeting, ally=ally, coming=Coming.YES)
    answer(meeting=meeting, ally=first, coming=Coming.NO)
    leave_club(membership=member)
    assert outcome(meeting) == ({"Guest 0": "no", "Guest 1": "yes"}, 1)


def test_no_seat_is_given_at_a_meeting_that_has_been_or_was_called_off(club, member):
    (late,) = guests(club, 1)
    been, off = a_meeting(club, capacity=1), a_meeting(club, capacity=1)
    for meeting in (been, off):
        for ally in (member.ally, late):
            answer(meeting=meeting, ally=ally, coming=Coming.YES)
    before = timezone.now() - timedelta(hours=2)
    Meeting.objects.filter(pk=been.pk).update(starts_at=before, ends_at=before + timedelta(hours=1))
    call_off(meeting=off)
    leave_club(membership=member)
    assert (told(), list(Rsvp.objects.values_list("coming", flat=True))) == ([], ["waiting"] * 2)


def test_fewer_seats_than_answers_send_nobody_away_and_let_nobody_in(club, member, organiser):
    meeting = a_meeting(club, capacity=2)
    (late,) = guests(club, 1)
    for ally in (organiser, member.ally, late):
        answer(meeting=meeting, ally=ally, coming=Coming.YES)
    now = Meeting.objects.get()
    change(meeting=now, edition=1, starts_at=now.starts_at, capacity=1)
    answer(meeting=meeting, ally=organiser, coming=Coming.NO)
    assert outcome(meeting) == ({"Orla Penrose": "no", "Milo Ferrant": "yes", "Guest 0": "waiting"}, 1)
    now = Meeting.objects.get()
    change(meeting=now, edition=2, starts_at=now.starts_at, capacity=5)
    assert outcome(meeting) == ({"Orla Penrose": "no", "Milo Ferrant": "yes", "Guest 0": "yes"}, 2)


def test_seats_keep_to_what_the_organiser_is_told(club, member, organiser):
    meeting = a_meeting(club, capacity=2)
    for ally in (organiser, member.ally):
        answer(meeting=meeting, ally=ally, coming=Coming.YES)
    local = meeting.local_start
    typed = {"date": local.date(), "time": local.strftime("%H:%M"), "zone": meeting.zone, "minutes": 60}
    address = f"{meeting.get_absolute_url()}edit/"
    page = client_of(organiser).post(address, typed | {"capacity": "1", "edition": "1"}, follow=True)
    assert "Nobody is sent away, and nobody new gets in." in page.content.decode()


def ask_at_once(meeting, allies, threads):
    def try_to_come(ally):
        try:
            return answer(meeting=meeting, ally=ally, coming=Coming.YES).coming
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return sorted(pool.map(try_to_come, allies))


def crowd(club, number):
    return [a_member(club, make_ally(f"Person {n}")).ally for n in range(number)]


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_for_the_last_ten_seats_get_ten(organiser):
    club = a_club(organiser)
    meeting = a_meeting(club, capacity=10)
    assert ask_at_once(meeting, crowd(club, 100), 20) == ["waiting"] * 90 + ["yes"] * 10
    assert (Meeting.objects.get().seats_taken, Rsvp.objects.filter(coming="yes").count()) == (10, 10)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_thousand_at_once_for_the_last_ten_seats_get_ten(organiser):
    club = a_club(organiser)
    meeting = a_meeting(club, capacity=10)
    assert ask_at_once(meeting, crowd(club, 1000), 40) == ["waiting"] * 990 + ["yes"] * 10
    assert (Meeting.objects.get().seats_taken, Rsvp.objects.filter(coming="yes").count()) == (10, 10)


@pytest.mark.django_db(transaction=True)
def test_coming_and_going_at_once_leaves_no_seat_empty_while_somebody_waits(organiser):
    club = a_club(organiser)
    meeting = a_meeting(club, timezone.now() + timedelta(days=3), capacity=4)
    allies = crowd(club, 16)
    ask_at_once(meeting, allies[:8], 8)

    def go_or_come(pair):
        place, ally = pair
        try:
            answer(meeting=meeting, ally=ally, coming=Coming.NO if place < 8 and place % 2 else Coming.YES)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(go_or_come, enumerate(allies)))
    count = {value: Rsvp.objects.filter(coming=value).count() for value in ("yes", "waiting", "no")}
    assert (count, Meeting.objects.get().seats_taken) == ({"yes": 4, "waiting": 8, "no": 4}, 4)
