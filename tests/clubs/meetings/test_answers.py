from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from clubs.meetings.models import Coming, Meeting, Rsvp
from clubs.meetings.services import MeetingIsFull, answer, call_off
from clubs.meetings.wallclock import HourTwice, NoSuchHour, instant
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_meeting, a_member, a_reading

pytestmark = pytest.mark.django_db


def say(member, meeting, coming):
    return client_of(member.ally).post(meeting.get_absolute_url(), {"coming": coming}, follow=True)


def answers(meeting):
    return sorted(Rsvp.objects.filter(meeting=meeting).values_list("ally__name", "coming"))


def test_an_answer_can_be_changed_at_any_time_and_stays_one_answer(member):
    meeting = a_meeting(member.club, capacity=4)
    for coming in (Coming.YES, Coming.YES, Coming.MAYBE, Coming.YES):
        say(member, meeting, coming)
    assert (answers(meeting), Meeting.objects.get().seats_taken) == ([("Milo Ferrant", "yes")], 1)
    say(member, meeting, Coming.NO)
    assert (answers(meeting), Meeting.objects.get().seats_taken) == ([("Milo Ferrant", "no")], 0)


def test_a_full_meeting_says_so_and_keeps_what_was_answered_before(club, member, organiser):
    meeting = a_meeting(club, capacity=1)
    answer(meeting=meeting, ally=organiser, coming=Coming.YES)
    say(member, meeting, Coming.MAYBE)
    assert "Every seat is taken" in say(member, meeting, Coming.YES).content.decode()
    assert answers(meeting) == [("Milo Ferrant", "maybe"), ("Orla Penrose", "yes")]
    assert Meeting.objects.get().seats_taken == 1


def test_a_full_meeting_keeps_no_answer_of_one_who_had_given_none(club, member, organiser):
    meeting = a_meeting(club, capacity=1)
    answer(meeting=meeting, ally=organiser, coming=Coming.YES)
    say(member, meeting, Coming.YES)
    assert answers(meeting) == [("Orla Penrose", "yes")]


@pytest.mark.django_db(transaction=True)
def test_the_last_seats_are_given_once_whoever_asks_at_the_same_moment(organiser):
    club = a_club(organiser)
    meeting = a_meeting(club, capacity=3)
    allies = [a_member(club, make_ally(f"Person {n}")).ally for n in range(10)]

    def try_to_come(ally):
        try:
            return answer(meeting=meeting, ally=ally, coming=Coming.YES).coming
        except MeetingIsFull:
            return "full"
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        outcomes = sorted(pool.map(try_to_come, allies))
    assert outcomes == ["full"] * 7 + ["yes"] * 3
    assert (Meeting.objects.get().seats_taken, Rsvp.objects.filter(coming="yes").count()) == (3, 3)


def test_a_meeting_that_has_been_takes_no_answer(member):
    meeting = a_meeting(member.club, timezone.now() - timedelta(days=2))
    assert "has been" in say(member, meeting, Coming.YES).content.decode()
    assert answers(meeting) == []


def test_a_meeting_called_off_takes_no_answer(member):
    meeting = a_meeting(member.club)
    call_off(meeting=meeting)
    assert "called off" in say(member, meeting, Coming.YES).content.decode()
    assert answers(meeting) == []


@pytest.mark.parametrize("coming", ["", "video", "a\x00b", "yes" * 4000])
def test_an_answer_that_is_none_is_refused_in_place(member, coming):
    meeting = a_meeting(member.club)
    assert (say(member, meeting, coming).status_code, answers(meeting)) == (422, [])


def test_reading_a_meeting_changes_nothing(member):
    meeting = a_meeting(member.club)
    client_of(member.ally).get(meeting.get_absolute_url(), {"coming": "yes"})
    assert answers(meeting) == []


def test_a_new_meeting_stands_on_the_clock_of_its_place(club, organiser):
    section = a_reading(club).sections.first()
    day = timezone.now().date() + timedelta(days=10)
    typed = {
        "date": day.isoformat(),
        "time": "12:15",
        "zone": "America/New_York",
        "minutes": 45,
        "place": "Room Teasel",
    }
    client_of(organiser).post(f"{club.get_absolute_url()}meetings/new/", typed | {"sections": [section.pk]})
    meeting = Meeting.objects.get()
    assert meeting.local_start.replace(tzinfo=None) == datetime(day.year, day.month, day.day, 12, 15)
    assert (meeting.zone, meeting.minutes, list(meeting.sections.all())) == ("America/New_York", 45, [section])


def test_a_meeting_in_the_past_is_refused_and_what_was_typed_is_kept(club, organiser):
    typed = {"date": "2026-01-05", "time": "12:15", "zone": "Europe/Berlin", "minutes": 45, "place": "Room Teasel"}
    page = client_of(organiser).post(f"{club.get_absolute_url()}meetings/new/", typed)
    assert (page.status_code, Meeting.objects.count()) == (422, 0)
    assert "That is over already" in page.content.decode()
    assert "Room Teasel" in page.content.decode()


def test_an_hour_that_does_not_exist_or_comes_twice_is_no_instant():
    with pytest.raises(NoSuchHour):
        instant(datetime(2027, 3, 28, 2, 30), "Europe/Berlin")
    with pytest.raises(HourTwice):
        instant(datetime(2027, 10, 31, 2, 30), "Europe/Berlin")
    assert instant(datetime(2027, 10, 31, 3, 0), "Europe/Berlin") == datetime(2027, 10, 31, 2, 0, tzinfo=UTC)
