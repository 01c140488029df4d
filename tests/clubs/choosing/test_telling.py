"""What members hear of a poll, from the worker: whoever opens it does not wait until hundreds were told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from clubs.choosing.models import Closing, TieRule
from clubs.choosing.services import close, open_poll, settle, vote
from clubs.choosing.telling import CLOSED, OPEN, SETTLED, tell_members
from clubs.groups.models import Membership
from movement.allies.models import Ally, Visibility
from postbox.models import Dispatch, Notification
from tests.cast import make_ally, person
from tests.clubs.worlds import a_member, a_nomination, a_poll

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _queue_in_the_database(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def crowd(club, number):
    user = person("template@larkfield.example")
    users = type(user).objects.bulk_create(
        type(user)(email=f"p{n}@larkfield.example", password=user.password) for n in range(number)
    )
    allies = Ally.objects.bulk_create(
        Ally(user=user, name=f"Person {n}", visibility=Visibility.OPEN) for n, user in enumerate(users)
    )
    return Membership.objects.bulk_create(Membership(club=club, ally=ally) for ally in allies)


def waiting():
    return [result.args_kwargs["args"] for result in DBTaskResult.objects.filter(task_path__endswith="tell_members")]


@pytest.mark.parametrize("number", [1, 500])
def test_opening_and_closing_cost_the_same_however_many_are_to_be_told(club, organiser, number):
    crowd(club, number)
    books = [a_nomination(club.memberships.get(ally=organiser), title).book for title in ("Slow Trains", "Ledgers")]
    with CaptureQueriesContext(connection) as opening:
        poll = open_poll(club=club, books=books, closes_at=timezone.now() + timedelta(days=2))
    with CaptureQueriesContext(connection) as closing:
        close(poll=poll, why=Closing.HAND, words="We leave on Monday.")
    assert (len(opening) <= 12, len(closing) <= 12) == (True, True)
    assert Notification.objects.count() == 0
    assert sorted(waiting()) == [[poll.pk, CLOSED], [poll.pk, OPEN]]


def test_the_worker_tells_each_member_once_though_it_be_run_again(club, member):
    poll = a_poll(club)
    crowd(club, 30)
    for _again in range(2):
        tell_members.call(poll.pk, OPEN)
    told = [Notification.objects.count(), Dispatch.objects.filter(kind="club-poll").count()]
    assert told == [32, 32]


def test_what_is_not_true_any_more_is_told_to_nobody(club, member):
    poll = a_poll(club)
    close(poll=poll, why=Closing.HAND, words="Enough.")
    tell_members.call(poll.pk, OPEN)
    tell_members.call(poll.pk + 1, OPEN)
    assert Notification.objects.count() == 0
    tell_members.call(poll.pk, CLOSED)
    assert Notification.objects.count() == 2


def test_until_when_is_said_by_the_clock_of_whoever_reads_it(club, organiser):
    far = make_ally("Mina Tokuda")
    far.user.timezone = "Asia/Tokyo"
    far.user.save()
    a_member(club, far)
    until = datetime(2031, 5, 6, 18, 30, tzinfo=UTC)
    poll = a_poll(club, closes_at=until)
    tell_members.call(poll.pk, OPEN)
    said = Notification.objects.get(user=far.user).text
    assert said.endswith("Your voice counts until Wednesday 7 May, 03:30.")


def test_a_tie_that_the_organisers_settle_is_told_as_well(club, member):
    poll = a_poll(club, tie_rule=TieRule.ORGANISERS)
    first, second = [option.book_id for option in poll.options.all()]
    vote(poll=poll, membership=member, marks=[first, second])
    close(poll=poll, why=Closing.TIME)
    settle(poll=poll, book_id=second)
    assert [poll.pk, SETTLED] in waiting()
    assert waiting()[-1:] == [[poll.pk, SETTLED]] or [poll.pk, SETTLED] in waiting()
    tell_members.call(poll.pk, SETTLED)
    assert "has chosen: “The Lamp Room”" in Notification.objects.filter(user=member.ally.user).get().text
