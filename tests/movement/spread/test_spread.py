"""Monthly figures from facts, the stages they reach, and the pages that show them."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from movement.allies.models import Ally, Unit
from movement.spread.models import ChartPicture, Estimate, UnitSnapshot
from movement.spread.services import build_snapshots, finished_months, refresh
from movement.spread.stages import Stage, from_told, standing
from movement.tasks import draw_growth
from tests.cast import client_of, make_ally, make_unit

pytestmark = pytest.mark.django_db


def join(unit: Unit, count: int, *, at: datetime, name: str = "Ally") -> None:
    for _number in range(count):
        make_ally(f"{name} {Ally.objects.count()}", unit=unit, joined_at=at)


def long_ago(months: int) -> datetime:
    now = timezone.now()
    month = now.year * 12 + now.month - 1 - months
    return datetime(month // 12, month % 12 + 1, 10, 12, tzinfo=UTC)


@pytest.fixture
def units(organisation) -> dict[str, Unit]:
    """field-service 60, customer-support 40 | finance 30, data-and-reporting 20"""
    return organisation


def test_months_end_with_the_last_finished_one():
    assert finished_months(date(2025, 11, 30), date(2026, 2, 1)) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
    ]
    assert finished_months(date(2026, 2, 1), date(2026, 2, 28)) == []


def test_a_month_counts_who_had_joined_by_its_end(units):
    join(units["finance"], 2, at=datetime(2026, 1, 31, 23, 59, tzinfo=UTC))
    join(units["finance"], 1, at=datetime(2026, 2, 1, 0, 0, tzinfo=UTC))
    build_snapshots()
    rows = dict(UnitSnapshot.objects.filter(unit=units["finance"]).values_list("month", "there"))
    assert (rows[date(2026, 1, 1)], rows[date(2026, 2, 1)]) == (2, 3)


def test_building_again_changes_nothing(units):
    join(units["finance"], 6, at=long_ago(3))
    build_snapshots()
    before = list(UnitSnapshot.objects.order_by("pk").values())
    assert build_snapshots() == 0
    assert list(UnitSnapshot.objects.order_by("pk").values()) == before


def test_leaving_does_not_change_the_months_before(units):
    join(units["finance"], 6, at=long_ago(3))
    build_snapshots()
    Ally.objects.first().user.delete()
    build_snapshots()
    assert set(UnitSnapshot.objects.filter(unit=units["finance"]).values_list("allies", flat=True)) == {6}


def test_an_empty_organisation_has_no_figures(units):
    assert build_snapshots() == 0
    refresh()
    assert not Estimate.objects.exists()


@pytest.mark.parametrize(
    ("joins", "stage"),
    [
        ({"finance": 4}, Stage.HANDFUL),
        ({"field-service": 5}, Stage.HANDFUL),  # five, and not yet one in ten of sixty
        ({"finance": 5}, Stage.DEPARTMENT),
        ({"finance": 5, "data-and-reporting": 5}, Stage.DIVISION),
        ({"finance": 5, "data-and-reporting": 5, "field-service": 8, "customer-support": 5}, Stage.ORGANISATION),
    ],
)
def test_the_stage_follows_from_published_figures(units, joins, stage):
    for slug, count in joins.items():
        join(units[slug], count, at=long_ago(2))
    refresh()
    told = Estimate.objects.get(name="spread").told
    assert from_told(told["standing"]).stage == stage


def test_without_anybody_it_has_not_begun(units):
    assert standing(None, has_allies=False).stage == Stage.NOT_BEGUN


def test_more_allies_than_headcount_is_everybody_and_no_headcount_is_said(units):
    small = make_unit("Night Shift", division=units["run"], headcount=14)
    new = make_unit("New Shop", division=units["run"], headcount=0)
    join(small, 19, at=long_ago(2))
    join(new, 9, at=long_ago(2))
    refresh()
    page = client_of(Ally.objects.first()).get("/spread/").content.decode()
    assert "nearly all of 14" in page
    assert "86 %" in page  # twelve, the middle of what it can be
    assert "136 %" not in page
    assert "no headcount yet" in page


def test_the_page_hides_small_numbers_in_every_form(units, monkeypatch):
    join(units["finance"], 11, at=long_ago(2))
    join(units["data-and-reporting"], 3, at=long_ago(2))
    refresh()
    client = client_of(Ally.objects.first())
    page = html.fromstring(client.get("/spread/").content)
    rows = [[cell.text_content().strip() for cell in row] for row in page.cssselect(".tree tbody tr")]
    assert rows[-4:] == [
        ["Run", "50", "10 and those not shown", "20 %", "", ""],
        ["Finance", "30", "10", "33 %", "", "10"],
        ["Data and Reporting", "20", "fewer than 5", "–", "", "–"],
        ["3 with fewer than 5, together", "", "fewer than 5", "", "", ""],
    ]
    unit = client.get("/spread/units/data-and-reporting/").content.decode()
    assert "fewer than 5" in unit
    assert ">3<" not in unit


def test_the_unit_page_names_open_allies_only(units):
    viewer = make_ally("Ada Larkin", unit=units["finance"])
    make_ally("Quenby Marsh", unit=units["finance"], visibility="quiet")
    make_ally("Basil Thorne", unit=units["finance"], visibility="alias", alias="Night Ferry")
    page = client_of(viewer).get("/spread/units/finance/").content.decode()
    assert "Ada Larkin" in page
    assert "Quenby" not in page
    assert "Basil" not in page
    assert "Night Ferry" not in page


def test_queries_do_not_grow_with_units_allies_or_months(units):
    viewer = make_ally("Ada Larkin", unit=units["finance"])
    counts = []
    for wave in (1, 3, 12):
        for number in range(wave):
            join(make_unit(f"Unit {wave} {number}", division=units["run"], headcount=20), 2, at=long_ago(wave))
        refresh()
        client = client_of(viewer)
        client.get("/spread/")
        asked = []
        for _time in range(2):  # what is remembered for a minute may end in the middle of one
            with CaptureQueriesContext(connection) as captured:
                client.get("/spread/")
            asked.append(len(captured))
        counts.append(min(asked))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 12


def test_the_worker_draws_the_curve_once_for_the_same_figures_and_without_inline_style(units):
    join(units["finance"], 7, at=long_ago(4))
    refresh()
    draw_growth.func()
    picture = ChartPicture.objects.get(name="growth")
    assert picture.svg.startswith("<svg")
    assert "style=" not in picture.svg
    assert "<style" not in picture.svg
    assert "var(--accent)" in picture.svg
    draw_growth.func()
    assert ChartPicture.objects.get(name="growth").drawn_at == picture.drawn_at
    page = client_of(Ally.objects.first()).get("/spread/").content.decode()
    assert picture.svg in page


def test_visitors_are_sent_to_sign_in_and_learn_only_the_stage(site_pages, units):
    join(units["finance"], 8, at=long_ago(2))
    refresh()
    assert client_of().get("/spread/")["Location"] == "/accounts/login/?next=/spread/"
    home = client_of().get("/").content.decode()
    assert "Past a first department" in home
    assert "Finance" not in home
