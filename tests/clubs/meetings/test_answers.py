from datetime import timedelta

import pytest
from django.utils import timezone

from clubs.meetings.models import Coming, Meeting, Rsvp
from clubs.meetings.services import call_off
from tests.cast import client_of
from tests.clubs.worlds import a_meeting

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
