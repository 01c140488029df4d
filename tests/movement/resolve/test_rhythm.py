"""Weeks with something done: whatever it was, by one's own calendar, with nothing said of the others."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clubs.meetings.afterwards import was_there
from clubs.reading.services import mark_read
from movement.actions.commitments import State
from movement.actions.committing import commit_to, settle
from movement.resolve.doings import days_of, idle_since
from movement.resolve.rhythm import rhythm_of
from postbox.models import Pause
from postbox.pauses.services import pause
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_meeting, a_member, a_reading
from tests.movement.worlds import make_action

pytestmark = pytest.mark.django_db
THURSDAY = date(2025, 11, 20)


def marks(ally, today=THURSDAY) -> str:
    weeks = rhythm_of(ally, today, pause=Pause.objects.filter(user=ally.user).first()).weeks
    return "".join("x" if week.is_done else "p" if week.is_paused else "." for week in weeks)


def test_weeks_begin_on_monday_and_the_last_thirteen_are_shown(ally):
    for day in (date(2025, 8, 24), date(2025, 8, 25), date(2025, 11, 16), date(2025, 11, 17), date(2025, 11, 20)):
        make_action(ally, done_on=day)
    assert marks(ally) == "x..........xx"
    assert rhythm_of(ally, THURSDAY).summed == "Something in 3 of the last thirteen weeks."


def test_each_thing_that_counts_counts_and_a_week_is_only_a_week(ally, organiser):
    club = a_club(organiser)
    member = a_member(club, ally)
    was_there(meeting=a_meeting(club, datetime(2025, 11, 5, 12, tzinfo=UTC)), membership=member, there=True)
    mark_read(section=a_reading(club).sections.first(), membership=member)
    member.sections_read.update(at=datetime(2025, 10, 29, 12, tzinfo=UTC))
    promise = commit_to(ally=ally, text="Ring the depot.")
    settle(commitment=promise, state=State.DONE)
    type(promise).objects.update(settled_at=datetime(2025, 10, 22, 12, tzinfo=UTC))
    for text in "abc":
        make_action(ally, text, done_on=date(2025, 11, 12), audience="only_me")
    assert marks(ally) == "........xxxx."
    assert marks(organiser) == "." * 13
    settle(commitment=promise, state=State.DROPPED)
    assert marks(ally) == ".........xxx."


@pytest.mark.parametrize(
    ("zone", "expected"), [("UTC", ".x"), ("America/New_York", "x."), ("Pacific/Kiritimati", ".x")]
)
def test_a_day_is_ones_own(ally, zone, expected):
    """Monday, half past one in UTC: Sunday still in New York."""
    ally.user.timezone = zone
    ally.user.save()
    promise = commit_to(ally=ally, text="Ring the depot.")
    settle(commitment=promise, state=State.DONE)
    type(promise).objects.update(settled_at=datetime(2025, 11, 17, 1, 30, tzinfo=UTC))
    assert marks(ally)[-2:] == expected


def test_a_pause_is_drawn_as_a_pause_and_breaks_nothing(ally):
    pause(user=ally.user, until=timezone.localdate() + timedelta(days=30))
    Pause.objects.update(since=datetime(2025, 10, 27, tzinfo=UTC), ends_at=datetime(2025, 11, 8, 8, tzinfo=UTC))
    make_action(ally, done_on=date(2025, 11, 4))
    assert marks(ally) == ".........px.."


def test_nobody_is_told_of_weeks_without_anything(ally):
    client = client_of(ally)
    assert all("of the last thirteen weeks" not in client.get(path).text for path in ("/me/", "/me/rhythm/"))
    assert "There is nothing here to break" in client.get("/me/rhythm/").text
    make_action(ally)
    assert all("Something in 1 of the last thirteen weeks" in client.get(path).text for path in ("/me/", "/me/rhythm/"))


def test_no_score_and_nobody_else_on_the_page(ally, organiser):
    make_action(organiser, "Something of theirs.")
    page = client_of(ally).get("/me/rhythm/").text
    assert not [word for word in ("streak of", "points", "rank", organiser.name) if word in page]


def test_it_costs_one_query_however_much_was_done(ally):
    costs = set()
    for more in (1, 2, 27):
        for number in range(more):
            make_action(ally, f"{more} {number}", done_on=THURSDAY - timedelta(days=number))
        with CaptureQueriesContext(connection) as queries:
            rhythm_of(ally, THURSDAY)
        costs.add(len(queries))
    assert costs == {1}


def test_what_is_still_to_come_does_not_count(ally):
    make_action(ally, done_on=THURSDAY + timedelta(days=1))
    assert days_of(ally, since=THURSDAY - timedelta(days=7), until=THURSDAY) == set()


def test_idle_is_who_did_nothing_and_was_here_before(ally, organiser):
    now = timezone.now()
    new = make_ally("Newly Come")
    type(ally).objects.exclude(pk=new.pk).update(joined_at=now - timedelta(days=100))
    make_action(organiser)
    assert list(idle_since(now - timedelta(weeks=8))) == [ally]
