"""Six lunches with the primer, in one press."""

from datetime import UTC, datetime

import pytest

from clubs.groups.models import Club
from clubs.meetings.lunch import first_tuesday
from clubs.meetings.models import Meeting, Series
from clubs.meetings.telling import tell
from tests.cast import client_of

pytestmark = pytest.mark.django_db


def sittings():
    return [
        (meeting.title, meeting.local_start.strftime("%A %H:%M"), meeting.minutes)
        for meeting in Meeting.objects.order_by("starts_at")
    ]


def test_one_press_founds_the_group_and_sets_its_days_and_a_second_press_changes_nothing(site_pages, ally):
    for _press in range(2):
        response = client_of(ally).post("/clubs/new/lunch/")
    (club,) = Club.objects.all()
    assert (response["Location"], club.memberships.get().is_organiser) == (club.get_absolute_url(), True)
    titles = [title.removeprefix("The primer: ") for title, _when, _minutes in sittings()]
    assert titles == ["what is this about?", *CHAPTERS, "what we do now"]
    assert {(when, minutes) for _title, when, minutes in sittings()} == {("Tuesday 12:15", 45)}
    second = Meeting.objects.order_by("starts_at")[1]
    page = client_of(ally).get(f"{second.get_absolute_url()}pack/").content.decode()
    assert ['<a href="http://groundswell.example/primer/' in page, "in the lift?" in page, tell()] == [True, True, 1]


CHAPTERS = ["Get clear", "Find allies", "Take action", "Keep your resolve"]


def test_a_group_that_is_there_gets_them_once_and_each_can_be_moved(club, organiser):
    for _press in range(2):
        client_of(organiser).post(f"{club.get_absolute_url()}meetings/lunch/")
    assert (len(sittings()), Series.objects.count()) == (6, 1)


def test_the_first_leaves_five_days_to_hear_of_it():
    days = [first_tuesday(datetime(2027, 3, day, 9, tzinfo=UTC), "Europe/Berlin").isoformat() for day in (17, 18, 19)]
    assert days == ["2027-03-23T12:15:00+01:00"] * 2 + ["2027-03-30T12:15:00+02:00"]
