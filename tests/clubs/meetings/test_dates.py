"""Finding a day: what suits whom becomes who comes."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from clubs.meetings.dates import DatePoll, TimeAnswer, still_looked_for, tell_of_dates
from clubs.meetings.models import Meeting, Rsvp
from postbox.models import Notification
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_member

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def day(number):
    return (timezone.now() + number * DAY).astimezone(ZoneInfo("Europe/Berlin")).date()


def offer(organiser, club, **changes):
    typed = {"day_0": day(5).isoformat(), "day_1": day(6).isoformat(), "hour_0": "12:15", "hour_1": "17:00"}
    typed |= {"zone": "Europe/Berlin", "minutes": "45", "place": "Room Teasel", "title": "The first one"}
    return client_of(organiser).post(f"{club.get_absolute_url()}meetings/dates/new/", typed | changes)


@pytest.fixture
def poll(club, organiser):
    offer(organiser, club)
    return DatePoll.objects.get()


def say(ally, poll, *fits):
    said = {f"time_{time.pk}": fit for time, fit in zip(poll.times.all(), fits, strict=False)}
    return client_of(ally).post(poll.get_absolute_url(), said)


def test_each_day_at_each_hour_is_offered_and_members_hear_of_it_once(poll, member):
    shown = [time.starts_at.astimezone(ZoneInfo("Europe/Berlin")).strftime("%d %H:%M") for time in poll.times.all()]
    assert shown == [f"{day(n):%d} {hour}" for n in (5, 6) for hour in ("12:15", "17:00")]
    assert (tell_of_dates(), tell_of_dates(), Notification.objects.count()) == (2, 0, 2)
    assert still_looked_for(member.ally.user, f"dates:{poll.pk}")


def test_times_stand_by_the_readers_own_clock(poll, member):
    member.ally.user.timezone = "Asia/Tokyo"
    member.ally.user.save()
    page = client_of(member.ally).get(poll.get_absolute_url()).content.decode()
    there = poll.times.first().starts_at.astimezone(ZoneInfo("Asia/Tokyo"))
    assert f", {there:%H:%M}" in page


def test_the_day_that_is_picked_becomes_the_meeting_with_what_was_answered(poll, member, organiser, quiet_ally):
    club = member.club
    a_member(club, quiet_ally)
    ada = a_member(club, make_ally("Ada Larkin")).ally
    for ally, fits in ((member.ally, ["no", "yes"]), (ada, ["yes", "ifneed"]), (quiet_ally, ["yes", "no"])):
        say(ally, poll, *fits)
    say(member.ally, poll, "no", "yes", "ifneed")
    page = client_of(organiser).get(poll.get_absolute_url()).content.decode()
    seen = ["Suits Milo Ferrant" in page, "If need be: Ada Larkin" in page, quiet_ally.name in page]
    assert (seen, page.count("suits most")) == ([True, True, False], 1)
    second = poll.times.all()[1]
    for _press in range(2):
        client_of(organiser).post(f"{poll.get_absolute_url()}{second.pk}/")
    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.title, meeting.minutes, meeting.seats_taken) == (
        second.starts_at,
        "The first one",
        45,
        1,
    )
    assert sorted(Rsvp.objects.values_list("ally__name", "coming")) == sorted(
        [("Milo Ferrant", "yes"), ("Ada Larkin", "maybe"), (quiet_ally.name, "no")]
    )
    assert client_of(member.ally).get(poll.get_absolute_url())["Location"] == meeting.get_absolute_url()
    say(member.ally, poll, "yes")
    assert (Meeting.objects.count(), TimeAnswer.objects.filter(fits="yes").count()) == (1, 3)


def test_what_cannot_be_is_said_and_what_was_typed_is_kept(club, organiser):
    past = {"day_0": day(-5).isoformat(), "day_1": "", "hour_1": ""}
    for changes in (past, {"day_0": "9999-12-31", "day_1": ""}, {"day_0": ""}, {"hour_0": "25:00"}):
        page = offer(organiser, club, **changes)
        assert (page.status_code, "Room Teasel" in page.content.decode()) == (422, True)
    assert not DatePoll.objects.exists()


@pytest.mark.parametrize(("night", "hour"), [("2027-03-28", "02:30"), ("2027-10-31", "02:30")])
def test_an_hour_that_the_clocks_leave_out_or_show_twice_is_named_and_the_others_are_offered(
    club, organiser, night, hour
):
    only = {"day_0": night, "day_1": "", "hour_0": hour, "hour_1": ""}
    page = offer(organiser, club, **only).content.decode()
    assert ["The clocks are changed that night" in page, "Room Teasel" in page] == [True, True]
    offer(organiser, club, **only | {"day_1": day(5).isoformat()})
    poll = DatePoll.objects.get()
    assert poll.times.count() == 1
    said = client_of(organiser)
    answer = said.post(
        f"{club.get_absolute_url()}meetings/dates/new/",
        {
            "day_0": night,
            "day_1": day(-2).isoformat(),
            "day_2": day(6).isoformat(),
            "hour_0": hour,
            "zone": "Europe/Berlin",
            "minutes": "45",
        },
        follow=True,
    )
    assert "2 times are not among them" in answer.content.decode()
