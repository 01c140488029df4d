from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from clubs.meetings.answering import answer
from clubs.meetings.models import Coming
from clubs.meetings.reminders import due, event_of, remind, still_wanted
from clubs.meetings.services import call_off, change
from clubs.services import leave_club
from postbox.models import Dispatch
from tests.cast import client_of
from tests.clubs.worlds import a_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def tomorrow(club):
    return a_meeting(club, timezone.now() + timedelta(hours=20))


def test_those_who_come_are_written_to_once_and_those_who_do_not_never(tomorrow, member, organiser):
    answer(meeting=tomorrow, ally=member.ally, coming=Coming.MAYBE)
    answer(meeting=tomorrow, ally=organiser, coming=Coming.NO)
    assert (remind(), remind()) == (1, 0)
    assert list(Dispatch.objects.values_list("kind", "user")) == [("meeting-reminder", member.ally.user_id)]


def test_a_late_answer_is_reminded_as_well(tomorrow, member, organiser):
    answer(meeting=tomorrow, ally=organiser, coming=Coming.YES)
    remind()
    answer(meeting=tomorrow, ally=member.ally, coming=Coming.YES)
    assert remind() == 1


def test_a_meeting_further_off_waits(club, organiser):
    answer(meeting=a_meeting(club), ally=organiser, coming=Coming.YES)
    assert remind() == 0


def test_a_meeting_called_off_reminds_nobody(tomorrow, organiser):
    answer(meeting=tomorrow, ally=organiser, coming=Coming.YES)
    call_off(meeting=tomorrow)
    assert remind() == 0


@pytest.mark.parametrize("change", ["called off", "left", "not coming"])
def test_a_letter_on_its_way_is_held_back_when_it_is_wrong_by_now(tomorrow, member, change):
    answer(meeting=tomorrow, ally=member.ally, coming=Coming.YES)
    event, user = event_of(tomorrow), member.ally.user
    assert still_wanted(user, event)
    if change == "called off":
        call_off(meeting=tomorrow)
    elif change == "left":
        leave_club(membership=member)
    else:
        answer(meeting=tomorrow, ally=member.ally, coming=Coming.NO)
    assert not still_wanted(user, event)


BERLIN, AUCKLAND = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland")
#: Noon in Berlin, a quarter to one at night in Auckland.
STARTS = datetime(2027, 11, 4, 11, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wanted", "zone", "now", "expected"),
    [
        (["day", "hour"], BERLIN, STARTS - timedelta(hours=25), None),
        (["day", "hour"], BERLIN, STARTS - timedelta(hours=23), "day"),
        (["day", "hour"], BERLIN, STARTS - timedelta(minutes=50), "hour"),
        (["evening"], BERLIN, datetime(2027, 11, 3, 16, 59, tzinfo=UTC), None),
        (["evening"], BERLIN, datetime(2027, 11, 3, 17, 1, tzinfo=UTC), "evening"),
        (["evening"], AUCKLAND, datetime(2027, 11, 4, 4, 59, tzinfo=UTC), None),
        (["evening"], AUCKLAND, datetime(2027, 11, 4, 5, 1, tzinfo=UTC), "evening"),
        ([], BERLIN, STARTS - timedelta(minutes=1), None),
    ],
)
def test_reminders_come_when_each_chose_by_their_own_clock(wanted, zone, now, expected):
    assert due(STARTS, wanted, zone, now) == expected


def test_each_of_the_chosen_times_writes_once_and_none_is_never(club, member, organiser):
    meeting = a_meeting(club, timezone.now() + timedelta(hours=40))
    for ally in (member.ally, organiser):
        answer(meeting=meeting, ally=ally, coming=Coming.YES)
    client_of(member.ally).post("/me/calendar/", {"times": ["day", "hour"]})
    client_of(organiser).post("/me/calendar/", {"times": []})
    hours = [meeting.starts_at - timedelta(hours=hour) for hour in (30, 23, 22, 0.9, 0.5)]
    assert [remind(now) for now in hours] == [0, 1, 0, 1, 0]
    events = Dispatch.objects.order_by("pk").values_list("event", "user")
    assert [(event.split(":")[-1], user) for event, user in events] == [
        ("day", member.ally.user_id),
        ("hour", member.ally.user_id),
    ]


def test_rewording_a_meeting_reminds_nobody_twice_and_moving_it_does(tomorrow, member):
    answer(meeting=tomorrow, ally=member.ally, coming=Coming.YES)
    assert remind() == 1
    change(meeting=tomorrow, edition=1, starts_at=tomorrow.starts_at, agenda="Tea.")
    assert remind() == 0
    change(meeting=tomorrow, edition=2, starts_at=tomorrow.starts_at + timedelta(hours=1))
    assert remind() == 1
