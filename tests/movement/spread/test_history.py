"""Months are counted from stays and from dated facts of units: what changes today leaves the past as it was."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.personal_data import declarations
from movement.actions.models import Action
from movement.allies.models import Ally, Unit
from movement.allies.services import change_appearance, welcome
from movement.allies.stays import Ended, Stay, settle
from movement.allies.unit_history import Belonging, Headcount
from movement.lunch.models import Lunch, LunchRound, Seat
from movement.spread import safety, services
from movement.spread.models import Estimate, UnitSnapshot
from movement.spread.services import build_snapshots, count_month, rebuild_snapshots, refresh
from tests.cast import make_ally, person
from tests.movement.spread.conftest import NOW

pytestmark = pytest.mark.django_db


def day(month: int, number: int = 10, year: int = 2026) -> datetime:
    return datetime(year, month, number, 12, tzinfo=UTC)


def allies_of(unit: Unit) -> dict[date, int]:
    return dict(UnitSnapshot.objects.filter(unit=unit).order_by("month").values_list("month", "there"))


def everything() -> list[dict]:
    rows = UnitSnapshot.objects.order_by("month", "unit")
    return list(rows.values(*[field.attname for field in UnitSnapshot._meta.fields if field.name != "id"]))


def move(ally: Ally, unit: Unit | None) -> None:
    change_appearance(ally=ally, timezone="UTC", unit=unit)


def test_somebody_who_moves_counts_where_they_were_until_then(organisation, at):
    ally = make_ally("Ada Larkin", unit=organisation["finance"], joined_at=day(1))
    settle()
    at(day(3, 5))
    move(ally, organisation["field-service"])
    at(NOW)
    rebuild_snapshots()
    assert list(allies_of(organisation["finance"]).values()) == [1, 1, 0, 0, 0]
    assert list(allies_of(organisation["field-service"]).values()) == [0, 0, 1, 1, 1]


def test_welcome_begins_a_stay_and_changing_something_else_does_not(organisation, at):
    user = person("ada@larkfield.example")
    ally = welcome(user=user, timezone="UTC", name="Ada", unit=organisation["finance"])
    change_appearance(ally=ally, timezone="UTC", about="Asks first.")
    stay, began = Stay.objects.get(), ally.joined_at.date()
    assert (stay.unit, stay.since, stay.joined, stay.until) == (ally.unit, began, began.replace(day=1), None)


def test_back_and_forth_on_one_day_leaves_one_place(organisation, at):
    ally = make_ally("Ada Larkin", unit=organisation["finance"], joined_at=day(1))
    settle()
    move(ally, organisation["field-service"])
    move(ally, organisation["finance"])
    assert [stay.unit for stay in Stay.objects.open()] == [organisation["finance"]]
    at(day(7))
    build_snapshots()
    assert list(allies_of(organisation["finance"]).values()) == [1] * 6


def test_who_is_erased_stays_counted_in_the_months_before_and_nobody_can_tell_who_it_was(organisation, at):
    ally = make_ally("Ada Larkin", unit=organisation["finance"], joined_at=day(2))
    make_ally("Basil Thorne", unit=organisation["finance"], joined_at=day(1))
    build_snapshots()
    before = everything()
    user = ally.user
    next(one for one in declarations() if one.model is Stay).erase(user)
    user.delete()
    stay = Stay.objects.get(ally=None)
    assert (stay.since, stay.until, stay.ended) == (date(2026, 2, 1), date(2026, 6, 1), Ended.LEFT)
    rebuild_snapshots()
    # What they did went with them; that they were here did not.
    forget = ("active", "newcomers")
    assert [{k: v for k, v in row.items() if k not in forget} for row in everything()] == [
        {k: v for k, v in row.items() if k not in forget} for row in before
    ]
    at(day(8))
    build_snapshots()
    assert list(allies_of(organisation["finance"]).values()) == [1, 2, 2, 2, 2, 1, 1]


def test_who_is_deleted_past_the_services_leaves_when_the_clock_notices(organisation, at):
    ally = make_ally("Ada Larkin", unit=organisation["finance"], joined_at=day(2))
    make_ally("Basil Thorne", unit=organisation["finance"], joined_at=day(2))
    build_snapshots()
    ally.user.delete()
    build_snapshots()
    rebuild_snapshots()
    assert list(allies_of(organisation["finance"]).values()) == [2, 2, 2, 2]
    at(day(7))
    build_snapshots()
    assert list(allies_of(organisation["finance"]).values()) == [2, 2, 2, 2, 1]


def test_a_closed_login_leaves_and_comes_back(organisation, at):
    ally = make_ally("Ada Larkin", unit=organisation["finance"], joined_at=day(1))
    settle()
    at(day(3))
    ally.user.is_active = False
    ally.user.save()
    settle()
    at(day(5))
    ally.user.is_active = True
    ally.user.save()
    settle()
    at(NOW)
    build_snapshots()
    assert list(allies_of(organisation["finance"]).values()) == [1, 1, 0, 0, 1]
    assert Stay.objects.last_ones().count() == 2


def test_settling_again_changes_nothing(organisation):
    make_ally("Ada Larkin", unit=organisation["finance"], joined_at=day(1))
    settle()
    before = list(Stay.objects.order_by("pk").values())
    settle()
    assert list(Stay.objects.order_by("pk").values()) == before


def test_nobody_is_in_two_places(organisation):
    ally = make_ally("Ada Larkin", unit=organisation["finance"])
    settle()
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.create(ally=ally, unit=organisation["serve"], joined=day(1), since=day(1))


def test_headcounts_and_divisions_of_then(organisation, at):
    finance = organisation["finance"]
    make_ally("Ada Larkin", unit=finance, joined_at=day(1))
    Headcount.objects.filter(unit=finance).update(since=date(2026, 1, 1))
    Belonging.objects.filter(unit=finance).update(since=date(2026, 1, 1))
    at(day(3))
    finance.headcount, finance.parent = 50, organisation["serve"]
    finance.save()
    at(NOW)
    build_snapshots()
    rows = UnitSnapshot.objects.filter(unit=finance).order_by("month").values_list("headcount", "division__name")
    assert list(rows) == [(30, "Run"), (30, "Run"), (50, "Serve"), (50, "Serve"), (50, "Serve")]


def test_a_headcount_that_comes_late_is_entered_for_its_day(organisation, at):
    finance = organisation["finance"]
    make_ally("Ada Larkin", unit=finance, joined_at=day(1))
    Headcount.objects.filter(unit=finance).update(since=date(2026, 1, 1))
    Headcount.objects.create(unit=finance, since=date(2026, 4, 2), people=34)
    build_snapshots()
    rows = UnitSnapshot.objects.filter(unit=finance).order_by("month").values_list("headcount", flat=True)
    assert list(rows) == [30, 30, 30, 34, 34]


def test_what_is_built_stays_whatever_happens_to_the_facts_afterwards(organisation, at):
    ally = make_ally("Ada Larkin", unit=organisation["finance"], joined_at=day(1))
    Action.objects.create(ally=ally, text="Carried a box.", done_on=date(2026, 2, 3))
    build_snapshots()
    before = everything()
    Action.objects.all().delete()
    organisation["finance"].headcount = 31
    organisation["finance"].save()
    assert build_snapshots() == 0
    assert everything() == before


def test_months_that_the_clock_missed_are_caught_up_with_and_are_the_same(organisation, at):
    ally = make_ally("Ada Larkin", unit=organisation["finance"], joined_at=day(1))
    other = make_ally("Basil Thorne", unit=organisation["field-service"], joined_at=day(2))
    Action.objects.create(ally=ally, text="Carried a box.", done_on=date(2026, 2, 3))
    settle()
    for month in (2, 3, 4, 5):  # a clock that runs
        at(day(month, 1))
        if month == 4:
            move(other, organisation["finance"])
        build_snapshots()
    at(NOW)
    build_snapshots()
    by_month = everything()
    UnitSnapshot.objects.filter(month__gte=date(2026, 2, 1)).delete()  # one that stood still since February
    build_snapshots()
    assert everything() == by_month


def test_built_forgotten_and_rebuilt_the_figures_are_the_same(organisation, at):
    world_of_facts(organisation)
    refresh()
    before, told = everything(), list(Estimate.objects.order_by("name").values("name", "month", "told"))
    assert any(row["actions"] for row in before)
    UnitSnapshot.objects.all().delete()
    Estimate.objects.all().delete()
    refresh()
    assert everything() == before
    assert list(Estimate.objects.order_by("name").values("name", "month", "told")) == told


def world_of_facts(units: dict[str, Unit]) -> list[Ally]:
    allies = [
        make_ally(f"Ally {number}", unit=units[slug], joined_at=day(1 + number % 3))
        for number, slug in enumerate(["finance", "field-service", "finance", "customer-support"] * 3)
    ]
    Action.objects.bulk_create(
        Action(ally=ally, text="Carried a box.", done_on=date(2026, 2 + number % 3, 3))
        for number, ally in enumerate(allies)
    )
    lunches = LunchRound.objects.create(monday=date(2026, 5, 4))
    table = Lunch.objects.create(round=lunches, starts_at=day(5, 5))
    for ally in allies[:2]:
        Seat.objects.create(round=lunches, ally=ally, lunch=table)
    return allies


def test_what_a_month_counts(organisation, at):
    allies = world_of_facts(organisation)
    settle()
    may, finance, field = count_month(date(2026, 5, 1)), organisation["finance"].pk, organisation["field-service"].pk
    assert (may["there"][finance], may["newcomers"][finance]) == (6, 0)
    assert may["ties"] == {finance: {field: 1}, field: {finance: 1}}
    assert may["active"][finance] == 5  # one did nothing since February
    assert count_month(date(2026, 2, 1))["actions"].total() == len(allies) / 3
    assert count_month(date(2026, 2, 1))["newcomers"].total() == len(allies) / 3


def test_ties_lead_only_to_departments_of_which_doing_is_told(organisation, at):
    """A tie to one that hides would prove that somebody is there; many would prove how many."""
    finance, field, support = (organisation[slug] for slug in ("finance", "field-service", "customer-support"))
    allies = {
        unit: [make_ally(f"{unit} {number}", unit=unit, joined_at=day(5, 2)) for number in range(many)]
        for unit, many in ((finance, 6), (field, 5), (support, 4))
    }
    lunches = LunchRound.objects.create(monday=date(2026, 5, 4))
    for one, other in zip(allies[finance] * 2, [*allies[field], *allies[support]], strict=False):
        table = Lunch.objects.create(round=lunches, starts_at=day(5, 5))
        for ally in (one, other):
            if not Seat.objects.filter(round=lunches, ally=ally).exists():
                Seat.objects.create(round=lunches, ally=ally, lunch=table)
    build_snapshots()
    ties = dict(UnitSnapshot.objects.filter(month=date(2026, 5, 1)).values_list("unit", "ties"))
    assert (ties[finance.pk], ties[field.pk], ties[support.pk]) == (5, 5, 0)


def test_where_everybody_is_tied_to_everybody_no_more_is_told_than_of_the_fewest():
    """Thirty of thirty tied to fifteen: 450 ties would prove that all thirty are allies."""
    here, other = safety.cell(30, 30), safety.cell(15, 60)
    assert services.counted_ties({2: 450}, here, {2}, other.low) == 26 * 13
    assert services.counted_ties({2: 12, 3: 9}, here, {2}, other.low) == 12


def test_active_ends_ninety_days_after_the_last_thing_done(organisation, at):
    ally = make_ally("Ada Larkin", unit=organisation["finance"], joined_at=day(1, 1, year=2025))
    Action.objects.create(ally=ally, text="Carried a box.", done_on=date(2026, 2, 1))
    settle()
    active = [count_month(date(2026, month, 1))["active"].total() for month in (1, 2, 3, 4, 5)]
    assert active == [0, 1, 1, 1, 0]  # 30 April is the 89th day


def test_many_at_one_table_are_not_all_tied(organisation, at, monkeypatch):
    world_of_facts(organisation)
    settle()
    monkeypatch.setattr(services, "LARGEST_TABLE", 1)
    assert count_month(date(2026, 5, 1))["ties"] == {}


def test_an_empty_month_and_one_ally_alone_are_told_plainly(organisation, at):
    make_ally("Ada Larkin", unit=organisation["finance"], joined_at=day(1))
    refresh()
    told = Estimate.objects.get(name="spread").told
    assert (told["total"], told["standing"]["stage"]) == ([0, True], 1)
    assert {row["actions"] for row in everything()} == {0}
