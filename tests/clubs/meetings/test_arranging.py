from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from clubs.meetings.models import Meeting
from clubs.meetings.wallclock import HourTwice, NoSuchHour, instant
from tests.cast import client_of
from tests.clubs.worlds import a_reading

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("wall", "there"),
    [
        (datetime(2026, 1, 15, 12, 15), datetime(2026, 1, 15, 11, 15, tzinfo=UTC)),
        (datetime(2026, 7, 15, 12, 15), datetime(2026, 7, 15, 10, 15, tzinfo=UTC)),
        (datetime(2026, 3, 29, 3, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 3, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_the_clock_on_the_wall_means_one_instant(wall, there):
    assert instant(wall, BERLIN) == there


@pytest.mark.parametrize(
    ("wall", "error"),
    [(datetime(2026, 3, 29, 2, 30), NoSuchHour), (datetime(2026, 10, 25, 2, 30), HourTwice)],
)
def test_the_nights_of_the_clock_change_are_told_apart(wall, error):
    with pytest.raises(error):
        instant(wall, BERLIN)


def form(**changes):
    day = (timezone.now() + timedelta(days=10)).date().isoformat()
    typed = {"date": day, "time": "12:15", "zone": BERLIN, "minutes": "60", "place": "Room Teasel"}
    return typed | {"agenda": "Bring a spoon."} | changes


def arrange(organiser, club, **changes):
    return client_of(organiser).post(f"/clubs/{club.slug}/meetings/new/", form(**changes))


@pytest.mark.django_db
def test_an_organiser_arranges_a_meeting_by_the_clock_on_the_wall(organiser, club):
    section = a_reading(club).sections.first()
    assert arrange(organiser, club, sections=[section.pk]).status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.local_start.strftime("%H:%M"), meeting.zone, meeting.place) == ("12:15", BERLIN, "Room Teasel")
    assert list(meeting.sections.all()) == [section]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"date": "2027-03-28", "time": "02:30"}, "this hour does not exist"),
        ({"date": "2027-10-31", "time": "02:30"}, "this hour comes twice"),
        ({"date": "2001-01-01"}, "Choose a day within the next three years."),
        ({"date": (timezone.now() - timedelta(days=2)).date().isoformat()}, "That is over already."),
        ({"date": "9999-12-31"}, "Choose a day within the next three years."),
        ({"zone": "Europe/Nowhere"}, "Select a valid choice"),
        ({"minutes": "99999999999999999999"}, "less than or equal to 720"),
        ({"capacity": "0"}, "greater than or equal to 1"),
        ({"call_link": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"sections": ["123456789012345678901"]}, "Choose from the sections shown."),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(organiser, club, changes, said):
    a_reading(club)
    page = arrange(organiser, club, **changes)
    body = page.content.decode()
    assert (page.status_code, said in body, "Bring a spoon." in body) == (422, True, True)
    assert not Meeting.objects.exists()
