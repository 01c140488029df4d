"""Each member is asked about each meeting in good time, once, and whoever keeps silent is left in peace."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clubs.groups.models import Membership
from clubs.meetings.answering import answer
from clubs.meetings.inviting import invite
from clubs.meetings.models import Coming, Meeting, Series
from clubs.meetings.rhythm import Every
from clubs.meetings.series import arrange_series
from clubs.meetings.services import call_off, change
from clubs.meetings.telling import MEETING, still_news, tell
from clubs.services import archive_club
from postbox.models import Dispatch
from postbox.sender import send_waiting
from tests.cast import make_ally
from tests.clubs.worlds import a_meeting, a_member

pytestmark = pytest.mark.django_db
DAY, WEEK, HOUR = timedelta(days=1), timedelta(days=7), timedelta(hours=1)


@pytest.fixture
def series(club, member) -> Series:
    """Every second week from in three days on, and all there were told of the first."""
    Membership.objects.update(joined_at=timezone.now() - 30 * DAY)
    found = arrange_series(
        club=club, starts_at=timezone.now() + 3 * DAY, zone="Europe/Berlin", every=Every.TWO_WEEKS, minutes=45
    )
    tell()
    return found


def nth(series, n):
    return series.meetings.order_by("planned_at")[n]


def told():
    """What was written to whom, of which meeting of the series (the first is 0)."""
    places = {number: n for n, number in enumerate(Meeting.objects.order_by("starts_at").values_list("pk", flat=True))}
    events = Dispatch.objects.filter(kind=MEETING).order_by("pk").values_list("event", "user__ally__name")
    return [(event.split(":")[0], places[int(event.split(":")[1])], name) for event, name in events]


def test_whoever_has_not_answered_a_later_meeting_is_asked_once_in_good_time(series, member, organiser):
    second = nth(series, 1)
    answer(meeting=second, ally=organiser, coming=Coming.YES)
    before = told()
    assert invite(second.starts_at - 11 * DAY) == 0
    assert [invite(second.starts_at - 10 * DAY + n * HOUR) for n in (0, 1)] == [1, 0]
    assert told() == [*before, ("next", 1, "Milo Ferrant")]
    assert invite(second.starts_at + HOUR) == 0  # it has been


def test_where_one_meets_every_week_nobody_is_asked_before_the_last_meeting_has_been(club, member):
    weekly = arrange_series(club=club, starts_at=timezone.now() + DAY, zone="UTC", every=Every.WEEK, minutes=45)
    tell()
    second = nth(weekly, 1)
    assert (invite(nth(weekly, 0).starts_at - HOUR), invite(second.starts_at - 6 * DAY)) == (0, 2)


def test_the_letter_asks_with_a_link_and_the_meeting_for_the_calendar(series, member, server, sink):
    send_waiting()
    first = len(sink.mails)
    second = nth(series, 1)
    Meeting.objects.filter(pk=second.pk).update(starts_at=timezone.now() + 4 * DAY, planned_at=timezone.now() + 4 * DAY)
    invite()
    assert send_waiting() == 2
    letter = sink.mails[first]
    parts = {part.get_content_type(): part for part in letter.walk()}
    text = parts["text/plain"].get_content()
    assert ["The group meets again" in text, "/answer/" in text] == [True, True]
    assert "RECURRENCE-ID" in parts["text/calendar"].get_content()


@pytest.mark.parametrize("what", ["answered", "called off", "left", "moved"])
def test_an_invitation_on_its_way_is_held_back_when_there_is_no_need_of_it(series, member, what):
    second = nth(series, 1)
    invite(second.starts_at - DAY)
    event = Dispatch.objects.filter(event__startswith="next:", user=member.ally.user).get().event
    user = member.ally.user
    assert still_news(user, event)
    if what == "answered":
        answer(meeting=second, ally=member.ally, coming=Coming.MAYBE)
    elif what == "called off":
        call_off(meeting=second)
    elif what == "moved":
        change(meeting=second, edition=1, starts_at=second.starts_at + DAY)
    else:
        member.delete()
    assert not still_news(user, event)


def test_whoever_lets_three_go_by_without_a_word_is_asked_no_more_until_they_speak(series, member, organiser):
    for n in (0, 1, 2, 3):
        answer(meeting=nth(series, n), ally=organiser, coming=Coming.YES if n < 2 else Coming.NO)
    asked = [invite(nth(series, n).starts_at - DAY) for n in (1, 2, 3)]
    assert asked == [1, 1, 0]
    answer(meeting=nth(series, 3), ally=member.ally, coming=Coming.NO)
    late = a_member(series.club, make_ally("Late Comer"), joined_at=nth(series, 3).starts_at)
    assert (invite(nth(series, 4).starts_at - DAY), late.pk > 0) == (3, True)


def test_whoever_came_later_hears_of_the_next_meeting_alone_once_they_have_settled(series, club):
    new, quick = (a_member(club, make_ally(name)) for name in ("Nora Late", "Quin Early"))
    a_meeting(club, timezone.now() + 20 * DAY, to_tell="", invited_at=timezone.now() - DAY)
    answer(meeting=nth(series, 0), ally=quick.ally, coming=Coming.YES)
    before, now = told(), timezone.now()
    assert [invite(now + n * HOUR) for n in (0, 2, 3)] == [0, 1, 0]
    assert told()[len(before) :] == [("new", 0, "Nora Late")]
    assert new.ally.name == "Nora Late"


def test_a_newcomer_gets_one_letter_of_a_meeting_that_is_asked_about_after_they_came(series, club):
    a_member(club, make_ally("Nora Late"))
    soon = nth(series, 1).starts_at - 9 * DAY
    assert [invite(soon), invite(soon + HOUR)] == [3, 0]
    assert [one for one in told() if one[2] == "Nora Late"] == [("next", 1, "Nora Late")]


def test_a_meeting_that_was_moved_before_it_was_asked_about_is_told_of_once(series, member):
    second = nth(series, 1)
    change(meeting=second, edition=1, starts_at=second.starts_at + HOUR)
    assert (tell(), invite(second.starts_at - DAY)) == (2, 0)


def test_a_group_that_was_put_away_asks_nobody(series, club):
    second = nth(series, 1)
    archive_club(club=club)
    Meeting.objects.filter(pk=second.pk).update(cancelled_at=None)
    assert invite(second.starts_at - DAY) == 0


@pytest.mark.parametrize("number", [1, 3, 30])
def test_who_is_asked_costs_no_query_more_for_each_of_those_who_answered(
    series, club, number, django_assert_max_num_queries
):
    second = nth(series, 1)
    for n in range(number):
        guest = a_member(club, make_ally(f"Guest {n}"), joined_at=timezone.now() - 20 * DAY)
        answer(meeting=second, ally=guest.ally, coming=Coming.YES)
    for person in Membership.objects.filter(club=club).select_related("ally"):
        answer(meeting=second, ally=person.ally, coming=Coming.YES)
    with django_assert_max_num_queries(8):
        assert invite(second.starts_at - DAY) == 0
