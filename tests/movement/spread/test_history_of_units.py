"""Units that open, close and become others: their months stay under their names."""

from datetime import date

import pytest

from movement.allies.models import Ally, Unit
from movement.allies.reorganising import CannotClose, close_unit
from movement.allies.stays import settle
from movement.spread.models import UnitSnapshot
from movement.spread.services import build_snapshots
from tests.cast import make_ally, make_unit
from tests.movement.spread.conftest import NOW
from tests.movement.spread.test_history import allies_of, day

pytestmark = pytest.mark.django_db


def test_a_unit_that_was_closed_is_counted_until_then_and_cannot_be_chosen(organisation, at):
    finance, data = organisation["finance"], organisation["data-and-reporting"]
    allies = [make_ally(f"Ally {number}", unit=finance, joined_at=day(1)) for number in range(3)]
    settle()
    at(day(4))
    close_unit(unit=finance, into=data)
    at(NOW)
    build_snapshots()
    assert allies_of(finance) == {date(2026, month, 1): 3 for month in (1, 2, 3)}
    assert list(allies_of(data).values()) == [0, 0, 0, 3, 3]
    assert finance not in Unit.objects.choosable()
    assert {ally.unit for ally in Ally.objects.filter(pk__in=[ally.pk for ally in allies])} == {data}
    assert list(data.came_of.all()) == [finance]
    assert make_unit("Finance", division=organisation["run"])  # its name is free again


def test_closing_twice_changes_nothing_and_a_division_waits_for_its_departments(organisation, at):
    close_unit(unit=organisation["finance"])
    at(day(8))
    assert close_unit(unit=organisation["finance"]).closed_on == NOW.date()
    with pytest.raises(CannotClose):
        close_unit(unit=organisation["run"])
    with pytest.raises(CannotClose):
        close_unit(unit=organisation["data-and-reporting"], into=organisation["finance"])
    close_unit(unit=organisation["data-and-reporting"])
    close_unit(unit=organisation["run"])


def test_a_unit_that_opened_later_is_in_no_month_before(organisation, at):
    make_ally("Ada Larkin", unit=organisation["finance"], joined_at=day(1))
    new = make_unit("New Shop", division=organisation["serve"], headcount=20, opened_on=date(2026, 4, 15))
    build_snapshots()
    assert list(allies_of(new)) == [date(2026, 4, 1), date(2026, 5, 1)]


def test_a_merged_unit_is_measured_by_all_of_its_people(organisation, at):
    finance, data = organisation["finance"], organisation["data-and-reporting"]
    at(day(1))
    for unit in (finance, data):
        unit.headcounts.update(since=day(1).date())
    make_ally("Ada Larkin", unit=finance, joined_at=day(1))
    settle()
    at(day(4))
    close_unit(unit=finance, into=data, people=30)
    at(NOW)
    build_snapshots()
    there = UnitSnapshot.objects.filter(unit=data).order_by("month").values_list("month__month", "headcount")
    assert dict(there) == {1: 20, 2: 20, 3: 20, 4: 50, 5: 50}
