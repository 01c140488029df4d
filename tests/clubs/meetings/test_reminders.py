from datetime import timedelta

import pytest
from django.utils import timezone

from clubs.meetings.models import Coming
from clubs.meetings.reminders import event_of, remind, still_wanted
from clubs.meetings.services import answer, call_off
from clubs.services import leave_club
from postbox.models import Dispatch
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
