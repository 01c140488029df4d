from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from icalendar import Calendar

from accounts import tokens
from clubs.meetings.answering import answer
from clubs.meetings.calendars import PURPOSE, feed_address
from clubs.meetings.models import Coming
from clubs.meetings.services import call_off
from clubs.services import leave_club
from tests.cast import client_of
from tests.clubs.worlds import a_meeting, a_reading

pytestmark = pytest.mark.django_db

#: Berlin puts its clocks back on 31 October 2027.
SUMMER, WINTER = datetime(2027, 10, 28, 10, 15, tzinfo=UTC), datetime(2027, 11, 4, 11, 15, tzinfo=UTC)


def feed_of(ally):
    return client_of(None).get(urlsplit(feed_address(ally)).path)


def events(response):
    return Calendar.from_ical(response.content).walk("VEVENT")


def come(member, meeting, coming=Coming.YES):
    answer(meeting=meeting, ally=member.ally, coming=coming)
    return meeting


def test_a_quarter_past_twelve_stays_a_quarter_past_twelve_across_the_clock_change(member):
    for starts_at in (SUMMER, WINTER):
        come(member, a_meeting(member.club, starts_at, zone="Europe/Berlin"))
    response = feed_of(member.ally)
    found = [event["DTSTART"] for event in events(response)]
    assert [(start.dt.hour, start.dt.minute, start.params["TZID"]) for start in found] == [
        (12, 15, "Europe/Berlin")
    ] * 2
    assert [start.dt.astimezone(UTC) for start in found] == [SUMMER, WINTER]
    zones = Calendar.from_ical(response.content).walk("VTIMEZONE")
    assert [str(zone["TZID"]) for zone in zones] == ["Europe/Berlin"]
    own_rules = zones[0].to_tz()
    assert [moment.astimezone(own_rules).hour for moment in (SUMMER, WINTER)] == [12, 12]


def test_the_feed_has_what_one_comes_to_and_nothing_else(member, organiser):
    yes, maybe = come(member, a_meeting(member.club)), come(member, a_meeting(member.club), Coming.MAYBE)
    come(member, a_meeting(member.club), Coming.NO)
    a_meeting(member.club)
    uids = sorted(str(event["UID"]).split("@")[0] for event in events(feed_of(member.ally)))
    assert uids == sorted([yes.uid, maybe.uid])


def test_a_cancelled_meeting_stays_in_the_feed_as_cancelled_under_its_uid(member):
    meeting = come(member, a_meeting(member.club))
    before = events(feed_of(member.ally))[0]
    call_off(meeting=meeting)
    after = events(feed_of(member.ally))[0]
    assert (before["UID"], str(before["STATUS"]), before["SEQUENCE"]) == (after["UID"], "CONFIRMED", 0)
    assert (str(after["STATUS"]), after["SEQUENCE"], "DTSTAMP" in after) == ("CANCELLED", 1, True)


def test_the_feed_is_kept_by_nobody_on_the_way(member):
    response = feed_of(member.ally)
    assert (response["Content-Type"], response["Cache-Control"]) == (
        "text/calendar; charset=utf-8",
        "private, no-store",
    )


def test_a_replaced_address_leads_nowhere_and_the_new_one_leads_to_the_feed(member):
    old = urlsplit(feed_address(member.ally)).path
    client_of(member.ally).post("/me/calendar/", {"replace": "1"})
    new = urlsplit(feed_address(member.ally)).path
    assert [client_of(None).get(path).status_code for path in (old, new)] == [404, 200]
    assert new in client_of(member.ally).get("/me/calendar/").content.decode()


def test_looking_at_the_page_replaces_no_address(member):
    before = urlsplit(feed_address(member.ally)).path
    client_of(member.ally).get("/me/calendar/")
    assert client_of(None).get(before).status_code == 200


def test_an_address_made_for_something_else_or_for_nobody_is_a_404(member):
    nobody, mine = {"ally": 10**17, "nonce": ""}, {"ally": member.ally.pk, "nonce": ""}
    wrong = [tokens.make_lasting(PURPOSE, nobody), tokens.make("unsubscribe", mine), "rubbish"]
    assert [client_of(None).get(f"/calendar/{token}.ics").status_code for token in wrong] == [404, 404, 404]


def test_whoever_left_the_club_has_its_meetings_no_longer(member):
    come(member, a_meeting(member.club))
    leave_club(membership=member)
    assert events(feed_of(member.ally)) == []


def test_a_login_that_was_closed_has_no_feed(member):
    address = urlsplit(feed_address(member.ally)).path
    member.ally.user.is_active = False
    member.ally.user.save()
    assert client_of(None).get(address).status_code == 404


def test_one_meeting_can_be_taken_along(member):
    section = a_reading(member.club).sections.first()
    meeting = a_meeting(member.club, sections=[section], call_link="https://video.example/teasel")
    response = client_of(member.ally).get(f"{meeting.get_absolute_url()[:-1]}.ics")
    (event,) = events(response)
    assert str(event["SUMMARY"]) == "The Thursday Table: The Long Counter, section 1"
    assert str(event["LOCATION"]) == "Room Teasel, https://video.example/teasel"
    assert str(event["URL"]) == f"http://groundswell.example{meeting.get_absolute_url()}"


@pytest.mark.parametrize("rows", [1, 30])
def test_the_feed_asks_a_constant_few_questions(member, rows, django_assert_max_num_queries):
    for day in range(rows):
        come(member, a_meeting(member.club, timezone.now() + timedelta(days=day + 1)))
    path, visitor = urlsplit(feed_address(member.ally)).path, client_of(None)
    with django_assert_max_num_queries(8):
        assert len(events(visitor.get(path))) == rows
