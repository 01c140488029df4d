"""What the methods say of this organisation: kept by the worker, read by the page, and pointing at nobody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from lxml import html

from movement.allies.models import Ally, Unit
from movement.fives import nearest_five
from movement.spread import estimating
from movement.spread.estimates import AHEAD, CARRYING, FITTED, Ahead, Carrying
from movement.spread.estimating import estimate_all
from movement.spread.methods.ranges import likely
from movement.spread.models import Estimate, UnitSnapshot
from movement.spread.publishing import tell
from movement.spread.services import build_snapshots, rebuild_snapshots
from movement.spread.settings import SpreadSettings
from tests.cast import client_of, make_ally

pytestmark = pytest.mark.django_db
LAST = date(2026, 6, 1)


def months(unit: Unit, allies: list[int], headcount: int = 300) -> None:
    """The unit's months up to June 2026."""
    first = 6 - len(allies)
    UnitSnapshot.objects.bulk_create(
        UnitSnapshot(
            unit=unit, month=date(2026 + (first + n) // 12, (first + n) % 12 + 1, 1), allies=many, headcount=headcount
        )
        for n, many in enumerate(allies)
    )


def steady(start: int, months: int) -> list[int]:
    return [start + 4 * month for month in range(months)]


def told(name: str):
    return Estimate.objects.get(name=name).told


def test_before_the_first_month_there_is_nothing_to_say(organisation):
    assert estimate_all(draws=40) is None
    assert not Estimate.objects.exists()


def test_few_joins_are_too_early_and_the_page_says_so(organisation):
    months(organisation["finance"], [1, 3, 6])
    assert (tell(), estimate_all(draws=40)) == (LAST, LAST)
    assert (told(AHEAD), told(CARRYING)) == (None, None)
    page = client_of(make_ally("Ada Larkin")).get("/spread/").content.decode()
    assert "Too early to say where it leads" in page
    assert "It takes twelve joins within a quarter" in page


def test_the_band_begins_at_the_published_sum_and_is_told_to_the_nearest_five(organisation):
    months(organisation["finance"], steady(6, 14))  # 58, published as 60
    months(organisation["field-service"], steady(7, 14))  # 59, published as 60
    months(organisation["customer-support"], [4] * 14)  # never told, so never in it
    estimate_all(draws=40)
    found = told(AHEAD)
    assert (found["now"], found["units"], found["headcount"], found["reachable"]) == (120, 2, 600, 80)
    assert all(120 <= low <= middle <= high for low, middle, high in found["band"])
    assert all(end % 5 == 0 for ends in found["band"] for end in ends)
    assert len(found["band"]) == 12


def test_hidden_departments_change_no_estimate(organisation):
    months(organisation["finance"], steady(6, 14))
    months(organisation["customer-support"], [0] * 14)
    estimate_all(draws=40)
    without = told(AHEAD)
    UnitSnapshot.objects.filter(unit=organisation["customer-support"]).update(allies=4)
    estimate_all(draws=40)
    assert told(AHEAD) == without


def test_what_the_stewards_think_within_reach_is_the_ceiling(organisation):
    months(organisation["finance"], steady(6, 14), headcount=80)
    SpreadSettings.objects.create(reachable=75)
    estimate_all(draws=40)
    assert max(high for _low, _middle, high in told(AHEAD)["band"]) <= 60


def test_more_allies_than_headcount_is_no_crash(organisation):
    months(organisation["finance"], steady(6, 14), headcount=50)  # 58 at the end: told as all but fewer than five
    estimate_all(draws=40)
    assert {end for ends in told(AHEAD)["band"] for end in ends} <= {45, 48, 50}


def test_without_a_headcount_nothing_is_expected(organisation):
    months(organisation["finance"], steady(6, 14), headcount=0)
    estimate_all(draws=40)
    assert told(AHEAD) is None


def allies_by_week(unit: Unit, *, weeks: int, each: int) -> None:
    """Each week `each` join, all but the first brought by one who joined the week before."""
    end = datetime(2026, 7, 1, tzinfo=UTC)
    before: list[Ally] = []
    for week in range(weeks, 0, -1):
        at = end - timedelta(weeks=week) + timedelta(days=1)
        inviter = before[0] if before else None
        before = [make_ally(f"Ally {week} {n}", unit=unit, joined_at=at, invited_by=inviter) for n in range(each)]


def test_one_for_each_is_about_one(organisation):
    months(organisation["finance"], [6])
    allies_by_week(organisation["finance"], weeks=20, each=2)
    estimate_all(draws=40)
    found = told(CARRYING)
    assert found["low"] <= 1.0 <= found["high"]
    assert (found["weeks"], found["is_assumed"]) == (13, False)
    assert Carrying(found).verdict.startswith("It could be either")
    ripe = 20 - (60 + 6) // 7  # weeks of joining that are sixty days ago
    assert found["each"] == pytest.approx((2 * ripe) / (2 * ripe), abs=0.2)


def test_the_page_tells_both_with_their_ranges_in_few_queries(organisation, django_assert_max_num_queries):
    months(organisation["finance"], steady(6, 14))
    allies_by_week(organisation["finance"], weeks=20, each=2)
    tell()
    estimate_all(draws=40)
    client = client_of(make_ally("Ada Larkin"))
    client.get("/spread/")
    with django_assert_max_num_queries(12):
        page = html.fromstring(client.get("/spread/").content)
    text = " ".join(page.text_content().split())
    band = told(AHEAD)["band"][-1]
    assert f"Expected for June 2027: about {band[1]} allies" in text
    assert f"between {band[0]} and {band[2]}" in text
    assert len(page.cssselect(".r-range")) == 1


def test_when_a_share_is_reached_is_told_as_a_range_or_not_at_all():
    known = {"reached": {"25%": [0, 0], "50%": [3, 14], "75%": [20, None], "99%": [None, None]}, "band": []}
    assert [mark.words for mark in Ahead(LAST, known).marks] == [
        "reached already",
        "between September 2026 and August 2027",
        "not before February 2028, if at all",
        "not within ten years, as it goes now",
    ]


def test_estimating_again_changes_nothing(organisation):
    months(organisation["finance"], steady(6, 14))
    estimate_all(draws=40)
    before = list(Estimate.objects.order_by("name").values("name", "month", "told"))
    estimate_all(draws=40)
    assert list(Estimate.objects.order_by("name").values("name", "month", "told")) == before


def test_it_is_worked_out_again_only_where_something_has_changed(organisation, monkeypatch):
    fits = []
    monkeypatch.setattr(estimating, "likely", lambda told, **how: fits.append(told) or likely(told, **how))
    months(organisation["finance"], steady(6, 14))
    months(organisation["customer-support"], [0] * 14, headcount=100)

    def is_fitted_again() -> bool:
        fits.clear()
        estimate_all(draws=40)
        again = bool(fits)
        fits.clear()
        estimate_all(draws=40)
        assert not fits
        return again

    of_support = UnitSnapshot.objects.filter(unit=organisation["customer-support"])
    assert is_fitted_again()
    of_support.update(allies=4)
    assert not is_fitted_again(), "the same is told of it"
    of_support.filter(month=LAST).update(allies=5)
    assert is_fitted_again()
    of_support.update(headcount=99)
    assert is_fitted_again()
    SpreadSettings.objects.create(reachable=75)
    assert is_fitted_again()
    monkeypatch.setattr(estimating, "METHOD", estimating.METHOD + 1)
    assert is_fitted_again()
    Estimate.objects.filter(name=AHEAD).delete()
    assert is_fitted_again()
    months(organisation["field-service"], [6])
    assert is_fitted_again()


def test_after_a_rebuild_it_is_worked_out_again(organisation):
    make_ally("Ada Larkin", unit=organisation["finance"], joined_at=datetime(2026, 1, 9, tzinfo=UTC))
    build_snapshots()
    estimate_all(draws=40)
    assert Estimate.objects.filter(name=FITTED).exists()
    rebuild_snapshots()
    assert not Estimate.objects.filter(name=FITTED).exists()


def test_people_are_told_to_the_nearest_five():
    assert [nearest_five(count) for count in (0, 2.4, 2.6, 112.0)] == [0, 0, 5, 110]


def test_the_lever_is_told_for_the_departments_not_counted_yet_whatever_they_hide(organisation):
    months(organisation["finance"], steady(6, 14))
    months(organisation["customer-support"], [0] * 14, headcount=100)
    estimate_all(draws=40)
    low, high = told(AHEAD)["lever"]
    assert high > 0
    assert low <= high
    UnitSnapshot.objects.filter(unit=organisation["customer-support"]).update(allies=4)
    estimate_all(draws=40)
    assert told(AHEAD)["lever"] == [low, high]
    tell()
    page = client_of(make_ally("Ada Larkin")).get("/spread/").content.decode()
    assert f"on average {low} to {high} more allies there a year from now" in page
