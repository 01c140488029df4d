"""Units and headcounts in the CMS: what cannot be true is refused in words, at its field."""

from datetime import date, timedelta

import pytest

from accounts.roles import ensure_roles
from movement.allies.models import Unit
from movement.allies.unit_history import Headcount, today
from tests.cast import client_of, make_ally, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(steward):
    """A steward's browser."""
    ensure_roles()
    return client_of(steward)


def problems(answer) -> dict[str, list[str]]:
    """What the form said, by field; nothing once it was saved."""
    return {} if answer.status_code == 302 else dict(answer.context["form"].errors)


def new(desk, **said) -> dict[str, list[str]]:
    return problems(desk.post("/cms/units/new/", {"headcount": 5, "position": 1, "parent": ""} | said))


def change(desk, unit: Unit, **said) -> dict[str, list[str]]:
    stands = {"name": unit.name, "headcount": unit.headcount, "position": 1, "parent": unit.parent_id or ""}
    return problems(desk.post(f"/cms/units/edit/{unit.pk}/", stands | said))


def count(desk, unit: Unit, since: date | str, people: int | str = 28) -> dict[str, list[str]]:
    return problems(desk.post("/cms/headcounts/new/", {"unit": unit.pk, "since": str(since), "people": people}))


def test_a_name_that_stands_there_already_is_refused_at_its_field(desk, organisation):
    run, serve, finance = organisation["run"], organisation["serve"], organisation["finance"]
    department, division = "“Run” has a department “Finance” already.", "There is a division “Run” already."
    assert new(desk, name="Finance", parent=run.pk) == {"name": [department]}
    assert new(desk, name="Run") == {"name": [division]}
    assert change(desk, organisation["data-and-reporting"], name="Finance") == {"name": [department]}
    assert change(desk, serve, name="Run") == {"name": [division]}
    other = make_unit("Finance", division=serve)
    assert change(desk, other, parent=run.pk) == {"name": [department]}
    assert change(desk, finance, headcount=31) == {}
    assert (new(desk, name="Run", parent=serve.pk), new(desk, name="Finance")) == ({}, {})  # one of it elsewhere
    assert Unit.objects.count() == 9


def test_the_name_of_a_closed_unit_is_free(desk, organisation):
    desk.post(f"/cms/units/close/{organisation['finance'].pk}/", {"into": ""})
    closed = Unit.objects.get(slug="finance")
    assert new(desk, name="Finance", parent=organisation["run"].pk) == {}
    assert change(desk, closed, position=4) == {}


def test_a_unit_does_not_come_of_itself(desk, organisation):
    finance, data = organisation["finance"], organisation["data-and-reporting"]
    assert change(desk, finance, came_of=[finance.pk, data.pk]) == {
        "came_of": ["A unit does not come of itself. Choose another."]
    }
    assert list(finance.came_of.all()) == []
    assert change(desk, finance, came_of=[data.pk]) == {}
    assert list(finance.came_of.all()) == [data]


def test_units_of_one_name_are_told_apart_in_the_organisations_order(desk, organisation):
    other = make_unit("Finance", division=organisation["serve"], position=9)
    desk.post(f"/cms/units/close/{organisation['customer-support'].pk}/", {"into": ""})
    form = desk.get(f"/cms/units/edit/{other.pk}/").context["form"]
    assert [str(label) for _, label in form.fields["came_of"].choices] == [
        "Serve",
        "Field Service · Serve",
        "Customer Support · Serve (closed)",
        "Finance · Serve",
        "Run",
        "Finance · Run",
        "Data and Reporting · Run",
    ]
    into = desk.get(f"/cms/units/close/{organisation['data-and-reporting'].pk}/").context["form"].fields["into"]
    assert [str(label) for _, label in into.choices][1:] == [
        "Field Service · Serve",
        "Finance · Serve",
        "Finance · Run",
    ]


def test_a_headcount_is_of_a_day_on_which_the_unit_was_there(desk, organisation):
    finance = organisation["finance"]
    Unit.objects.filter(pk=finance.pk).update(opened_on=date(2024, 4, 15), closed_on=date(2025, 3, 1))
    assert count(desk, finance, date(2024, 4, 14)) == {"since": ["“Finance” is there since April 15, 2024 only."]}
    assert count(desk, finance, date(2025, 3, 1)) == {"since": ["“Finance” was closed on March 1, 2025."]}
    assert (count(desk, finance, date(2024, 4, 15)), count(desk, finance, date(2025, 2, 28))) == ({}, {})


def test_a_headcount_of_another_century_or_of_a_day_to_come_is_refused(desk, organisation):
    data = organisation["data-and-reporting"]
    long_ago = {"since": ["That is more than a hundred years ago. Please look at the year again."]}
    assert (count(desk, data, "0025-01-05"), count(desk, data, "1825-01-05")) == (long_ago, long_ago)
    assert count(desk, data, today() + timedelta(days=1)) == {"since": ["Please note it when that day has come."]}
    assert Headcount.objects.filter(unit=data).count() == 1


def test_a_division_is_counted_by_its_departments(desk, organisation):
    run, text = organisation["run"], "“Run” is counted by its departments. Enter theirs instead."
    assert count(desk, run, date(2025, 3, 1)) == {"unit": [text]}
    assert change(desk, run, headcount=50) == {"headcount": [text]}
    Unit.objects.filter(pk=run.pk).update(headcount=50)  # from before it had departments
    assert (change(desk, run, headcount=50, name="Keep"), change(desk, run, headcount=0)) == ({}, {})
    alone = make_unit("Legal")
    assert (count(desk, alone, date(2025, 3, 1)), change(desk, alone, headcount=9)) == ({}, {})


def test_a_headcount_below_the_allies_is_taken_without_a_word(desk, organisation):
    """Otherwise a steward could find their number by trying."""
    for number in range(3):
        make_ally(f"Ally {number}", unit=organisation["finance"])
    assert count(desk, organisation["finance"], today() - timedelta(days=9), people=1) == {}
    assert change(desk, organisation["finance"], headcount=2) == {}


@pytest.mark.parametrize("number", [1_000_001, 10**19, 10**40])
def test_a_number_that_is_too_large_is_refused_in_plain_words(desk, organisation, number):
    finance, text = organisation["finance"], "A unit has at most one million people. Please look at the number again."
    assert change(desk, finance, headcount=number) == {"headcount": [text]}
    assert new(desk, name="Ledger", headcount=number) == {"headcount": [text]}
    assert count(desk, finance, date(2025, 3, 1), people=number) == {"people": [text]}
    assert change(desk, finance, position=number) == {
        "position": ["Please enter at most 1,000,000; the lowest comes first."]
    }
    assert change(desk, finance, headcount=1_000_000) == {}
