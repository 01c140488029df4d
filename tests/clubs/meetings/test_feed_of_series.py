"""A series in a calendar, read by a parser that is not the one it was written with, across the change of the clocks."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.utils import timezone

from clubs.meetings import entries, zone_rules
from clubs.meetings.answering import answer
from clubs.meetings.calendars import feed_address
from clubs.meetings.models import Coming, Meeting, Rsvp
from clubs.meetings.rhythm import Every
from clubs.meetings.series import arrange_series, make_ahead
from clubs.meetings.services import call_off, change, choose_calendar
from tests.cast import client_of
from tests.clubs.worlds import a_meeting, a_reading
from tests.pace import seconds_of

pytestmark = pytest.mark.django_db
#: A Thursday; Berlin puts its clocks back on Sunday, 31 October 2027.
FIRST = datetime(2027, 10, 14, 12, 15, tzinfo=ZoneInfo("Europe/Berlin"))
WEEK = timedelta(days=7)


def feed_of(ally):
    content = client_of(None).get(urlsplit(feed_address(ally)).path).content.decode()
    return content, vobject.readOne(content)


def held(calendar):
    """What a calendar program shows: the rule's days without those left out, and what stands in place of a day."""
    found = calendar.vevent_list
    moved = {
        (one.uid.value, one.recurrence_id.value.astimezone(UTC)): one for one in found if hasattr(one, "recurrence_id")
    }
    shown = []
    for whole in (one for one in found if hasattr(one, "rrule")):
        for day in whole.getrruleset(addRDate=True):
            aware = day if day.tzinfo else day.replace(tzinfo=whole.dtstart.value.tzinfo)
            shown.append(moved.pop((whole.uid.value, aware.astimezone(UTC)), whole))
    assert moved == {}
    return sorted(
        (one.dtstart.value.astimezone(UTC).strftime("%d %b %H:%M"), one.status.value, one.sequence.value)
        for one in shown
    )


@pytest.fixture
def made(member):
    about = {"starts_at": FIRST, "zone": "Europe/Berlin", "minutes": 45, "place": "Room Teasel"}
    series = arrange_series(club=member.club, every=Every.WEEK, until=FIRST.date() + 6 * WEEK, **about)
    make_ahead(series, FIRST - timedelta(days=1))
    these = list(Meeting.objects.order_by("planned_at"))
    for meeting in these:
        answer(meeting=meeting, ally=member.ally, coming=Coming.YES)
    return these


def test_a_series_is_a_rule_with_what_was_moved_called_off_and_declined(made, member):
    answer(meeting=made[1], ally=member.ally, coming=Coming.NO)
    change(meeting=made[2], edition=1, starts_at=made[2].starts_at + timedelta(days=1, hours=2))
    call_off(meeting=made[3], why="The kettle is broken.")
    content, calendar = feed_of(member.ally)
    assert held(calendar) == [
        ("04 Nov 11:15", "CANCELLED", "1"),
        ("11 Nov 11:15", "CONFIRMED", "0"),
        ("14 Oct 10:15", "CONFIRMED", "0"),
        ("18 Nov 11:15", "CONFIRMED", "0"),
        ("25 Nov 11:15", "CONFIRMED", "0"),
        ("29 Oct 12:15", "CONFIRMED", "1"),
    ]
    assert {one.uid.value for one in calendar.vevent_list} == {made[0].series.uid}
    assert content.count("BEGIN:VTIMEZONE") == 1
    assert "RRULE:FREQ=WEEKLY;UNTIL=20271125T111500Z;INTERVAL=1;BYDAY=TH" in content


def test_a_series_that_moves_on_goes_on_under_a_rule_of_its_own(made, member):
    change(meeting=made[3], edition=1, starts_at=made[3].starts_at + timedelta(days=1), and_later=True)
    _content, calendar = feed_of(member.ally)
    assert [when for when, _status, _sequence in held(calendar)] == [
        "05 Nov 11:15",
        "12 Nov 11:15",
        "14 Oct 10:15",
        "19 Nov 11:15",
        "21 Oct 10:15",
        "26 Nov 11:15",
        "28 Oct 10:15",
    ]


def test_discreet_is_meeting_and_when_and_nothing_else(made, member):
    alone = a_meeting(member.club, call_link="https://video.example/teasel", title="Milo opens")
    answer(meeting=alone, ally=member.ally, coming=Coming.YES)
    assert "video.example" in feed_of(member.ally)[0]
    choose_calendar(ally=member.ally, is_discreet=True, times=[])
    content, calendar = feed_of(member.ally)
    assert {one.summary.value for one in calendar.vevent_list} == {"Meeting"}
    words = ["Thursday", "Teasel", "video.example", "Milo", "Groundswell", "Reading", "/clubs/", "spoon", "Ines"]
    assert [word for word in words if word in content] == []
    (found,) = [one for one in calendar.vevent_list if one.uid.value == alone.uid]
    assert (found.dtstart.value.minute, len(held(calendar))) == (alone.starts_at.minute, 7)


def test_a_feed_of_two_hundred_meetings_takes_eight_questions(member, django_assert_max_num_queries):
    start = timezone.now() + timedelta(days=1)
    Meeting.objects.bulk_create(
        Meeting(
            club=member.club,
            starts_at=start + n * timedelta(days=1),
            ends_at=start + timedelta(days=n, hours=1),
            zone="Europe/Berlin",
        )
        for n in range(200)
    )
    for meeting in Meeting.objects.all():
        meeting.rsvps.create(ally=member.ally, coming=Coming.YES)
    with django_assert_max_num_queries(8):
        assert len(feed_of(member.ally)[1].vevent_list) == 200


@pytest.mark.flaky(reruns=1)
def test_a_feed_of_two_hundred_is_made_in_150_ms_by_a_process_that_has_made_none_yet(club, member):
    sections = list(a_reading(club).sections.all())
    for n, zone in enumerate(("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Europe/London")):
        arrange_series(club=club, starts_at=timezone.now() + timedelta(days=n + 1), zone=zone, every="week", minutes=45)
        for k in range(40):
            a_meeting(club, timezone.now() + timedelta(days=7 * k, hours=n), zone=zone, sections=sections)
    found = list(Meeting.objects.order_by("starts_at")[:200])
    Rsvp.objects.bulk_create(Rsvp(meeting=meeting, ally=member.ally, coming=Coming.YES) for meeting in found)
    browser, path = client_of(None), urlsplit(feed_address(member.ally)).path
    browser.get("/calendar/none.ics")

    def made_anew() -> bytes:
        for remembered in (entries.written, entries._named, zone_rules.rules_of, zone_rules._changes):
            remembered.cache_clear()
        return browser.get(path).content

    assert seconds_of(made_anew) < 0.15
    content = made_anew()
    assert (len(found), content.count(b"RECURRENCE-ID") > 20, content.count(b"BEGIN:VTIMEZONE")) == (200, True, 4)
