"""Two mails a week that nobody asked for, from the whole site together: however many kinds, senders and days."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from post_office.models import STATUS, Email, Log

from accounts.models import User
from accounts.services import erase_person, export_person
from postbox import budget, kinds, moving, sender, services
from postbox.addresses import hashed
from postbox.fates import Fate, fates
from postbox.models import Allowance, Dispatch, Notification
from postbox.retention import forget_old_rows

pytestmark = pytest.mark.django_db
NOON = datetime(2030, 6, 3, 12, tzinfo=UTC)


@pytest.fixture
def written(letter_kind, ada):
    """Kinds of which two are unasked, and a hand that writes mails of them to Ada."""
    letter_kind("nudge-like", is_unasked=True)
    letter_kind("thanks-like", is_unasked=True, digest="notifications")
    letter_kind("reply-like")

    def write(kind: str = "nudge-like", event: str = "e", to: str = ada.email) -> Dispatch:
        context = {"name": event, "url": ""}
        services.send_mail(kind=kind, to=to, event=event, template="letter", context=context, user=None)
        return Dispatch.objects.get(kind=kind, event=event, recipient=hashed(to))

    return write


def at(monkeypatch, moment: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_of_all_unasked_kinds_together_two_arrive_and_what_was_asked_for_always_does(written, server, sink):
    for number in range(3):
        written("nudge-like", f"nudge {number}")
        written("thanks-like", f"thanks {number}")
        written("reply-like", f"reply {number}")
    assert sender.send_waiting() == 5
    assert sorted(sink.subjects) == [
        "A letter to nudge 0", *(f"A letter to reply {n}" for n in range(3)), "A letter to thanks 0",
    ]  # fmt: skip
    assert set(Log.objects.values_list("exception_type", flat=True)) == {sender.OVER_BUDGET}


def test_what_did_not_fit_is_not_sent_in_a_heap_later(written, server, sink, monkeypatch):
    for number in range(9):
        written(event=f"{number}")
    assert sender.send_waiting() == 2
    for day in range(1, 30):
        at(monkeypatch, NOON + timedelta(days=day))
        assert sender.send_waiting() == 0
    assert fates(kind="nudge-like", events=["1", "2"]) == {"1": Fate.GONE, "2": Fate.WITHHELD}


def test_in_seven_days_in_a_row_there_are_never_more_than_two(written, monkeypatch):
    days = []
    for day in range(40):
        at(monkeypatch, NOON + timedelta(days=day, minutes=-day % 7))
        days += [day for number in range(3) if budget.may_go(written(event=f"{day}-{number}"))]
    assert days == [start for week in range(0, 40, 7) for start in (week, week)]


@pytest.mark.parametrize("weekly", [timedelta(days=7, minutes=-9), timedelta(days=7), timedelta(days=7, hours=1)])
def test_a_letter_of_each_monday_comes_each_monday_whatever_the_clocks_did(written, monkeypatch, weekly):
    for week in range(5):
        at(monkeypatch, NOON + week * weekly)
        assert budget.may_go(written(event=f"monday {week}"))


def test_somebody_elses_two_are_their_own(written):
    for number in range(2):
        assert budget.may_go(written(event=f"{number}"))
    assert not budget.may_go(written(event="third"))
    assert budget.may_go(written(event="third", to="bo@larkfield.example"))


def test_a_mail_that_is_tried_again_is_counted_once(written, server, sink):
    first = written(event="first")
    sink.answer = "451 Come back later"
    assert sender.send_waiting() == 0
    sink.answer = "250 OK"
    written(event="second")
    Email.objects.update(scheduled_time=None)
    assert sender.send_waiting() == 2
    assert Allowance.objects.filter(dispatch=first).count() == 1
    written(event="third")
    assert sender.send_waiting() == 0


def test_a_mail_that_is_wanted_no_more_takes_nobodys_place(letter_kind, written, server, sink):
    letter_kind("outdated", is_unasked=True, still_wanted=lambda user, event: False)
    for number in range(4):
        written("outdated", f"old {number}")
        written("nudge-like", f"new {number}")
    assert sender.send_waiting() == 2
    assert sink.subjects == ["A letter to new 0", "A letter to new 1"]


def test_a_notification_that_does_not_fit_stands_on_the_site(letter_kind, ada: User, server, sink):
    letter_kind("thanks-like", is_unasked=True, digest="notifications")
    for number in range(4):
        services.notify(kind="thanks-like", user=ada, event=f"{number}", text=f"Thanks {number}.", url="/me/")
    assert (sender.send_waiting(), Notification.objects.visible_to(ada).unread().count()) == (2, 4)
    assert Email.objects.filter(status=STATUS.failed).count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(3))
def test_eight_workers_at_the_same_moment_let_two_go(letter_kind, round_):
    letter_kind("nudge-like", is_unasked=True)
    mails = [
        Dispatch.objects.create(kind="nudge-like", event=f"{number}", recipient=hashed("ada@larkfield.example"))
        for number in range(8)
    ]
    together = Barrier(8)

    def claim(dispatch: Dispatch) -> bool:
        try:
            together.wait()
            return budget.may_go(dispatch)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(claim, mails)) == budget.MOST
    assert Allowance.objects.exclude(dispatch=None).count() == budget.MOST


def test_a_new_address_does_not_begin_anew(written, ada: User):
    assert budget.may_go(written(event="1"))
    moving.move(user=ada, old=ada.email, new="ada@elsewhere.example")
    assert budget.may_go(written(event="2", to="ada@elsewhere.example"))
    assert not budget.may_go(written(event="3", to="ada@elsewhere.example"))


def test_it_is_in_the_parcel_and_goes_with_its_person(written, ada: User):
    budget.may_go(written(event="1"))
    today = timezone.now().date()
    assert export_person(user=ada)["postbox.Allowance"] == [{"taken_on": today}]
    erase_person(user=ada)
    assert not Allowance.objects.filter(recipient=hashed("ada@larkfield.example")).exists()


def test_days_of_long_ago_are_forgotten(written, monkeypatch):
    budget.may_go(written(event="1"))
    at(monkeypatch, timezone.now() + timedelta(days=80))
    forget_old_rows()
    assert not Allowance.objects.exists()


def test_each_kind_was_thought_about():
    """Whoever adds a kind decides which side it is on: this list is meant to be changed by hand."""
    assert {name for name, kind in kinds._kinds.items() if kind.is_unasked} == {
        "came-through-me",
        "card-asked",
        "decision-looked-back-on",
        "introduction-asked",
        "invitation",
        "milestone",
        "monday-nudge",
        "pulse",
        "thanks",
    }
