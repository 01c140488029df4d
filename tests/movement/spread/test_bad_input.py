"""What is missing, impossible or done twice is stated plainly on the pages, and makes no silly figure.

Of a pulse the same is proven where it lives: two stewards closing at once in `pulse/test_closing.py` and
`pulse/test_desk.py`, a ticket used twice in `pulse/test_taking_part.py` and `pulse/test_by_mail.py`; of a clock that
did not run for a month in `test_history.py` and `pulse/test_closing.py`.
"""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.db import models

from accounts.roles import ensure_roles
from movement.allies.models import Ally, Unit
from movement.allies.stays import Stay
from movement.spread.estimates import IDEAS
from movement.spread.idea_months import IdeaMonth
from movement.spread.models import ChartPicture, Estimate, UnitSnapshot
from movement.spread.second_ally.models import Hint
from movement.tasks import draw_growth, refresh_ideas, refresh_snapshots
from tests.cast import client_of, make_ally, make_unit
from tests.movement.worlds import make_action, make_idea

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _june(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 6, 9, 12, tzinfo=UTC))


def the_clock() -> None:
    refresh_snapshots()
    refresh_ideas()
    draw_growth.func()


def words(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def rows(client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))


def test_one_ally_alone_and_months_in_which_nothing_happened(organisation):
    alone = make_ally("Ada Larkin", unit=organisation["finance"], joined_at=MARCH)
    the_clock()
    page = words(client_of(alone), "/spread/")
    assert "No department that is counted has five allies yet." in page
    assert "About 0" not in page
    assert "Counts are to the nearest five, and a fall is told late; fewer than five are never shown" in page
    assert "About 0" not in words(client_of(alone), "/spread/report/")
    assert page.count("Too early to say") >= 3
    assert "Nothing noted yet" in page
    unit = words(client_of(alone), "/spread/units/finance/")
    assert "fewer than 5" in unit
    assert {row["allies"] for row in rows(client_of(alone), "/spread/units/finance/months.csv")} == {""}


def test_nobody_at_all_is_said_before_the_first_month(organisation):
    ally = make_ally("Ada Larkin")
    Ally.objects.update(joined_at=datetime(2026, 6, 2, tzinfo=UTC))
    the_clock()
    assert "It has begun. The first figures appear when this month has ended" in words(client_of(ally), "/spread/")


def test_two_joins_make_no_reproduction_number(organisation):
    first = make_ally("Ada Larkin", unit=organisation["finance"], joined_at=MARCH)
    for name in ("Bo Finch", "Cleo Marsh"):
        make_ally(name, unit=organisation["finance"], joined_at=MARCH, invited_by=first)
    the_clock()
    page = words(client_of(first), "/spread/")
    assert "It takes twelve joins within a quarter to tell whether allies bring allies." in page
    assert "more allies for each ally" not in page


def test_no_headcount_and_more_allies_than_headcount_are_said_and_nothing_is_over_a_hundred(organisation):
    new = make_unit("New Shop", division=organisation["run"])
    night = make_unit("Night Shift", division=organisation["run"], headcount=12)
    for unit in (new, night):
        for number in range(40):
            make_ally(f"{unit.name} {number}", unit=unit, joined_at=MARCH)
    the_clock()
    client = client_of(Ally.objects.first())
    page = words(client, "/spread/")
    assert "no headcount yet" in page
    assert "nearly all of 12" in page
    told = {row["department"]: row for row in rows(client, "/spread/figures/coverage.csv")}
    assert (told["New Shop"]["allies"], told["New Shop"]["percent"], told["New Shop"]["note"]) == (
        "",
        "",
        "no headcount",
    )
    assert (told["Night Shift"]["allies"], told["Night Shift"]["percent"]) == ("10", "83")
    assert all(int(row["percent"] or 0) <= 100 for row in told.values())
    assert "no headcount" in words(client, "/spread/units/new-shop/")


def test_a_division_is_not_moved_below_its_own_department_and_the_steward_reads_why(steward, organisation):
    ensure_roles()
    run, finance = organisation["run"], organisation["finance"]
    asked = {"name": "Run", "headcount": 0, "position": 2, "parent": finance.pk}
    page = client_of(steward).post(f"/cms/units/edit/{run.pk}/", asked).content.decode()
    assert "Select a valid choice" in page or "a department cannot hold departments" in page
    asked["parent"] = organisation["serve"].pk
    page = client_of(steward).post(f"/cms/units/edit/{run.pk}/", asked).content.decode()
    assert "This division has departments. Move them first." in page
    assert Unit.objects.get(pk=run.pk).parent is None


def all_that_is_kept() -> list[list[tuple]]:
    kept: tuple[type[models.Model], ...] = (UnitSnapshot, Stay, Estimate, Hint, IdeaMonth, ChartPicture)
    return [list(model._default_manager.order_by("pk").values_list()) for model in kept]


def test_a_clock_that_ran_twice_changes_nothing(organisation):
    idea = make_idea()
    for slug in ("finance", "field-service"):
        for number in range(8):
            ally = make_ally(f"{slug} {number}", unit=organisation[slug], joined_at=MARCH)
            make_action(ally, idea=idea, created_at=MARCH, done_on=MARCH.date())
    make_ally("Ada Larkin", unit=organisation["customer-support"], joined_at=MARCH)
    the_clock()
    before = all_that_is_kept()
    assert all(before)
    the_clock()
    assert all_that_is_kept() == before


@pytest.mark.parametrize("ideas_are_first", [True, False])
def test_whichever_job_of_the_clock_is_first_the_ideas_are_told(organisation, monkeypatch, ideas_are_first):
    idea = make_idea()
    for number in range(8):
        ally = make_ally(f"Ally {number}", unit=organisation["finance"], joined_at=MARCH)
        make_action(ally, idea=idea, created_at=MARCH, done_on=MARCH.date())
    monkeypatch.setattr(type(draw_growth), "enqueue", lambda task: task.func())
    jobs = [refresh_snapshots, refresh_ideas]
    for job in jobs[::-1] if ideas_are_first else jobs:
        job()
    assert [told["title"] for told in Estimate.objects.get(name=IDEAS).told] == [idea.title]
