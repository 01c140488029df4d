"""Milestones: written once, told once, in a sentence; quarter by quarter with the quiet ones between; safe for few."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from post_office.models import Email

from accounts.services import erase_person, export_person
from clubs.reading.models import Reading, Status
from clubs.services import leave_club
from movement.actions.milestones import newest
from movement.allies.models import Ally
from movement.resolve.marking import LATE_COMERS, MILESTONE, mark_milestones, still_wanted
from movement.resolve.milestones import Milestone
from movement.resolve.timeline import before, quarter_of, timeline
from movement.spread.models import UnitSnapshot
from postbox.models import Notification
from postbox.services import prefer, prefer_throughout
from tests.cast import client_of, make_ally, make_unit
from tests.clubs.worlds import a_club, a_meeting, a_member, a_reading
from tests.movement.worlds import make_action

NOW = timezone.now()
TODAY = NOW.date()


def told(ally: Ally) -> list[str]:
    return list(
        Notification.objects.filter(user=ally.user, kind="milestone").order_by("text").values_list("text", flat=True)
    )


def rows() -> set[str]:
    return set(Milestone.objects.values_list("name", flat=True))


@pytest.mark.django_db
def test_ones_own_are_told_once_and_to_oneself(ally, organiser):
    for number in range(10):
        make_action(ally, f"Small {number}", audience="only_me")
    assert (mark_milestones(), mark_milestones()) == (2, 0)
    assert told(ally) == [
        "10 small actions of yours are written down. Each was somebody’s better day.",
        "Your first small action is written down.",
    ]
    assert told(organiser) == []
    page = client_of(ally).get("/me/milestones/").text
    assert ("10 small actions of yours" in page, "🎉" in page) == (True, False)
    assert "small action" not in client_of(organiser).get("/me/milestones/").text.split("<main")[1].split("</main")[0]


@pytest.mark.django_db
def test_by_mail_only_to_whoever_chose_that(ally, organiser):
    prefer(user=organiser.user, choices={"milestone": "now"})
    for one in (ally, organiser):
        make_action(one)
    mark_milestones()
    assert [mail.to for mail in Email.objects.all()] == [[organiser.user.email]]
    prefer_throughout(user=ally.user, how="now", discreet=False)
    make_action(ally, "More", done_on=TODAY)
    assert MILESTONE.at_first == ally.user.preferences.get(kind="milestone").how == "never"


@pytest.mark.django_db
def test_what_was_reached_long_before_anybody_looked_is_told_to_nobody_and_stands_in_the_timeline(ally):
    Ally.objects.filter(pk=ally.pk).update(joined_at=NOW - timedelta(days=400))
    make_action(ally, done_on=TODAY - timedelta(days=300))
    mark_milestones()
    assert rows() == {"actions-1", "months-6", "months-12"}
    assert [text[:6] for text in told(ally)] == ["A year"]
    assert "Half a year with the movement" in client_of(ally).get("/me/milestones/").text


@pytest.mark.django_db
def test_a_groups_are_its_members_alone(ally, organiser, quiet_ally):
    club = a_club(organiser)
    a_member(club, quiet_ally)
    a_meeting(club, NOW - timedelta(days=3))
    a_meeting(club, NOW - timedelta(days=2)).__class__.objects.latest("starts_at")
    book = a_reading(club)
    Reading.objects.filter(pk=book.pk).update(status=Status.FINISHED)
    mark_milestones()
    expected = ["“The Thursday Table” has met for the first time.", "“The Thursday Table” has read its first book."]
    assert [told(one) for one in (organiser, quiet_ally, ally)] == [expected, expected, []]
    assert "The Thursday Table" not in client_of(ally).get("/me/milestones/").text
    left = Notification.objects.filter(user=quiet_ally.user, kind="milestone").first()
    assert still_wanted(quiet_ally.user, left.event)
    leave_club(membership=club.memberships.get(ally=quiet_ally))
    assert not still_wanted(quiet_ally.user, left.event)
    assert [told(one) for one in (organiser, quiet_ally)] == [expected, []]
    assert "The Thursday Table" not in client_of(quiet_ally).get("/me/milestones/").text


@pytest.mark.django_db
def test_a_cancelled_meeting_was_not_held(organiser):
    club = a_club(organiser)
    meeting = a_meeting(club, NOW - timedelta(days=3))
    type(meeting).objects.update(cancelled_at=NOW)
    mark_milestones()
    assert rows() == set()


def month_of(back: int) -> date:
    month = TODAY.replace(day=1)
    for _step in range(back):
        month = (month - timedelta(days=1)).replace(day=1)
    return month


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("allies", "names"),
    [(1, set()), (4, set()), (5, {"allies-5", "share-10"}), (12, {"allies-5", "share-10", "share-25"})],
)
def test_of_a_department_nothing_is_told_before_five(allies, names, ally):
    unit = make_unit("Finance", headcount=40)
    Ally.objects.filter(pk=ally.pk).update(unit=unit)
    UnitSnapshot.objects.create(unit=unit, month=month_of(1), allies=allies, headcount=40)
    mark_milestones()
    assert rows() == names
    assert bool(told(ally)) == bool(names)
    assert set(Milestone.objects.values_list("reached_on", flat=True)) <= {month_of(0) - timedelta(days=1)}


@pytest.mark.django_db
def test_from_what_is_told_of_a_department_its_number_does_not_follow(ally):
    """Five and seven look the same, and so do nine and twelve."""
    said = []
    for allies in (5, 7):
        Milestone.objects.all().delete()
        UnitSnapshot.objects.all().delete()
        unit = make_unit(f"Unit {allies}", headcount=100)
        UnitSnapshot.objects.create(unit=unit, month=month_of(1), allies=allies, headcount=100)
        mark_milestones()
        said.append(rows())
    assert said[0] == said[1] == {"allies-5"}


@pytest.mark.django_db
def test_a_departments_hundredth_action_counts_only_what_open_allies_show_to_all(ally):
    unit = make_unit("Finance", headcount=40)
    Ally.objects.filter(pk=ally.pk).update(unit=unit)
    UnitSnapshot.objects.create(unit=unit, month=month_of(3), allies=6, headcount=40)
    other = make_ally("Quiet One", unit=unit, visibility="quiet")
    for number in range(60):
        make_action(ally, f"Shown {number}", done_on=month_of(2))
        make_action(other, f"Unseen {number}", done_on=month_of(2))
    mark_milestones()
    assert "actions-100" not in set(Milestone.objects.filter(course="unit").values_list("name", flat=True))
    for number in range(40):
        make_action(ally, f"More {number}", done_on=month_of(2))
    mark_milestones()
    found = Milestone.objects.get(course="unit", name="actions-100")
    assert found.reached_on == month_of(1) - timedelta(days=1)


@pytest.mark.django_db(transaction=True)
def test_of_four_clocks_one_tells():
    ally = make_ally("Ada Larkin")
    make_action(ally)
    together = Barrier(4)

    def tick(_number):
        try:
            together.wait()
            return mark_milestones()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(tick, range(4))) == [0, 0, 0, 1]
    assert (Milestone.objects.count(), len(told(ally))) == (1, 1)


@pytest.mark.django_db
def test_quiet_quarters_stand_between_and_look_ordinary(ally):
    assert (quarter_of(date(2026, 5, 31)), before(date(2026, 1, 1))) == (date(2026, 4, 1), date(2025, 10, 1))
    Ally.objects.filter(pk=ally.pk).update(joined_at=datetime(2025, 2, 20, tzinfo=UTC))
    ally.refresh_from_db()
    Milestone.objects.create(course="actions", number=ally.pk, name="actions-1", reached_on=date(2025, 8, 3))
    drawn = [(quarter.name, len(quarter.entries)) for quarter in timeline(ally, date(2026, 2, 3))]
    assert drawn == [
        ("2026, quarter 1", 0),
        ("2025, quarter 4", 0),
        ("2025, quarter 3", 1),
        ("2025, quarter 2", 0),
        ("2025, quarter 1", 0),
    ]
    far = timeline(ally, date(2032, 2, 3))
    assert (len(far), far[-1].name, len(far[-1].entries)) == (13, "Earlier", 1)


@pytest.mark.django_db
def test_the_page_costs_the_same_for_many(ally, organiser):
    costs = set()
    client = client_of(ally)
    client.get("/me/milestones/")
    for more in (1, 2, 27):
        for number in range(more):
            club = a_club(organiser, f"Club {more} {number}")
            a_member(club, ally)
            for name in ("meetings-1", "books-1"):
                Milestone.objects.create(course="club", number=club.pk, name=name, reached_on=TODAY)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/me/milestones/").status_code == 200
        costs.add(len(queries))
    assert len(costs) == 1


@pytest.mark.django_db
def test_ones_own_are_in_the_parcel_and_go_with_one(ally, organiser):
    make_action(ally)
    a_meeting(a_club(organiser), NOW - timedelta(days=3))
    mark_milestones()
    parcel = export_person(user=ally.user)["movement.Milestone"]
    assert parcel == [{"on": TODAY, "text": "Your first small action is written down."}]
    erase_person(user=ally.user)
    assert rows() == {"meetings-1"}


@pytest.mark.django_db
def test_a_second_look_reads_only_the_small_actions_of_whoever_noted_something_since(ally, organiser):
    for number in range(9):
        make_action(ally, f"Small {number}")
    make_action(organiser)
    mark_milestones()
    with CaptureQueriesContext(connection) as asked:
        mark_milestones()
    numbered = [one["sql"] for one in asked if "ROW_NUMBER" in one["sql"]]
    assert [f'"id" > {mark}' in sql for sql in numbered for mark in (max(newest() - LATE_COMERS, 0),)] == [True]
    make_action(ally, "The tenth")
    mark_milestones()
    assert rows() == {"actions-1", "actions-10"}


@pytest.mark.django_db
def test_everything_is_looked_at_again_after_a_week_and_as_a_month_begins(ally, monkeypatch):
    """What only a whole look finds: here a row that went."""
    monkeypatch.setattr("movement.resolve.marking.LATE_COMERS", 0)
    make_action(ally)
    found = []
    for day in (3, 4, 9, 10, 16, 31, 32):
        Milestone.objects.filter(name="actions-1").delete()
        mark_milestones(datetime(2031, 3, 1, 12, tzinfo=UTC) + timedelta(days=day - 1))
        found += [day] if "actions-1" in rows() else []
    assert found == [3, 10, 31, 32]


@pytest.mark.django_db
def test_a_cache_that_forgot_leads_to_one_whole_look(ally):
    for number in range(10):
        make_action(ally, f"Small {number}")
    mark_milestones()
    Milestone.objects.filter(name="actions-10").delete()
    cache.clear()
    mark_milestones()
    assert "actions-10" in rows()
