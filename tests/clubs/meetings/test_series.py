"""Again and again: made ahead, moved and called off alone or with all later ones."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from clubs.meetings.answering import answer
from clubs.meetings.models import Coming, Meeting, Rsvp, Series
from clubs.meetings.rhythm import Every
from clubs.meetings.series import arrange_series, make_ahead, make_all_ahead
from clubs.meetings.services import call_off, change
from clubs.meetings.telling import tell
from clubs.services import archive_club
from tests.cast import client_of

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
WEEK = timedelta(days=7)


def noon(days_from_now: int) -> datetime:
    """A quarter past twelve in Berlin."""
    day = (timezone.now() + timedelta(days=days_from_now)).astimezone(BERLIN)
    return day.replace(hour=12, minute=15, second=0, microsecond=0)


@pytest.fixture
def series(club) -> Series:
    return arrange_series(
        club=club, starts_at=noon(3), zone="Europe/Berlin", every=Every.WEEK, minutes=45, place="Room Teasel"
    )


def meetings():
    return list(Meeting.objects.order_by("planned_at", "pk"))


def shown(these):
    return [(meeting.local_start.strftime("%a %H:%M"), meeting.place, bool(meeting.cancelled_at)) for meeting in these]


def test_the_weeks_ahead_are_there_and_each_comes_once(series):
    made = meetings()
    assert [meeting.local_start for meeting in made] == [noon(3) + n * WEEK for n in range(len(made))]
    assert (len(made), make_ahead(series), make_all_ahead(), tell()) == (14, 0, 0, 1)
    later = timezone.now() + 4 * WEEK
    assert (make_ahead(series, later), make_ahead(series, later), len(meetings())) == (4, 0, 18)


def test_an_organiser_sees_the_next_six_days_before_anything_is_kept(club, organiser):
    day = noon(3)
    typed = {
        "date": day.date().isoformat(),
        "time": "12:15",
        "zone": "Europe/Berlin",
        "minutes": "45",
        "every": "2weeks",
    }
    new = f"{club.get_absolute_url()}meetings/new/"
    page = client_of(organiser).post(new, typed | {"look": "1"}).content.decode()
    expected = [f"{(day + n * 2 * WEEK).day} {day + n * 2 * WEEK:%B %Y}, 12:15" for n in range(6)]
    assert [one in page for one in expected] == [True] * 6
    assert (Series.objects.count(), Meeting.objects.count()) == (0, 0)
    assert client_of(organiser).post(new, typed).status_code == 302
    (kept,) = Series.objects.all()
    assert (kept.every, str(kept.rhythm)) == ("2weeks", f"every second {day:%A}")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"skips": [str(month) for month in range(1, 13)]}, "Leave at least one month"),
        ({"until": "2020-01-01"}, "It would end before it begins."),
        ({"every": "daily"}, "Select a valid choice"),
        ({"skips": ["13"]}, "Select a valid choice"),
    ],
)
def test_a_rhythm_that_cannot_be_is_said_and_what_was_typed_is_kept(club, organiser, changes, said):
    typed = {"date": noon(3).date().isoformat(), "time": "12:15", "zone": "Europe/Berlin", "minutes": "45"}
    typed |= {"every": "week", "agenda": "Bring a spoon."}
    page = client_of(organiser).post(f"{club.get_absolute_url()}meetings/new/", typed | changes)
    body = page.content.decode()
    assert (page.status_code, said in body, "Bring a spoon." in body) == (422, True, True)
    assert not Series.objects.exists()


def test_one_of_them_is_moved_or_called_off_alone_and_keeps_its_answers(series, member):
    _first, second, third, *_rest = meetings()
    for meeting in (second, third):
        answer(meeting=meeting, ally=member.ally, coming=Coming.YES)
    change(meeting=second, edition=1, starts_at=second.starts_at + timedelta(days=1), place="The kitchen")
    call_off(meeting=third)
    weekday, next_day = f"{noon(3):%a}", f"{noon(4):%a}"
    assert shown(meetings()[:4]) == [
        (f"{weekday} 12:15", "Room Teasel", False),
        (f"{next_day} 12:15", "The kitchen", False),
        (f"{weekday} 12:15", "Room Teasel", True),
        (f"{weekday} 12:15", "Room Teasel", False),
    ]
    assert meetings()[1].planned_at == second.planned_at
    assert Rsvp.objects.filter(coming=Coming.YES).count() == 2
    assert make_ahead(series) == 0


def test_this_and_all_later_ones_move_together_and_keep_answers_and_what_was_moved_alone(series, member):
    _first, second, third, fourth, *_rest = meetings()
    answer(meeting=fourth, ally=member.ally, coming=Coming.YES)
    change(meeting=third, edition=1, starts_at=third.starts_at + timedelta(days=2))
    change(
        meeting=second,
        edition=1,
        starts_at=second.starts_at + timedelta(days=1, hours=1),
        place="The kitchen",
        and_later=True,
    )
    old_day, new_day, odd_day = f"{noon(3):%a}", f"{noon(4):%a}", f"{noon(5):%a}"
    assert shown(meetings()[:5]) == [
        (f"{old_day} 12:15", "Room Teasel", False),
        (f"{new_day} 13:15", "The kitchen", False),
        (f"{odd_day} 12:15", "The kitchen", False),
        (f"{new_day} 13:15", "The kitchen", False),
        (f"{new_day} 13:15", "The kitchen", False),
    ]
    assert list(Rsvp.objects.values_list("meeting", "coming")) == [(fourth.pk, "yes")]
    old, new = Series.objects.order_by("pk")
    assert (old.meetings.count(), new.meetings.count(), make_all_ahead()) == (1, 13, 0)
    assert (old.until, new.place) == (second.local_start.date() - timedelta(days=1), "The kitchen")
    assert old.uid != new.uid


def test_words_alone_are_changed_in_all_later_ones_without_another_series(series):
    third = meetings()[2]
    change(meeting=third, edition=1, starts_at=third.starts_at, capacity=5, agenda="Tea.", and_later=True)
    assert [(meeting.capacity, meeting.agenda) for meeting in meetings()[:4]] == [(None, "")] * 2 + [(5, "Tea.")] * 2
    assert (Series.objects.count(), Series.objects.get().capacity) == (1, 5)


def test_this_and_all_later_ones_are_called_off_with_one_letter_and_none_comes_after(series, member):
    tell()
    second = meetings()[1]
    call_off(meeting=second, why="The table is full of paint.", and_later=True)
    assert [bool(meeting.cancelled_at) for meeting in meetings()] == [False] + [True] * 13
    assert (tell(), tell(), make_ahead(Series.objects.get(), timezone.now() + 20 * WEEK)) == (2, 0, 0)


def test_a_club_that_was_put_away_meets_no_more(series, club):
    archive_club(club=club)
    Meeting.objects.all().delete()
    assert (make_all_ahead(), tell(), Meeting.objects.count()) == (0, 0, 0)
