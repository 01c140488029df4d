"""Rogers's categories are cuts by definition, and the page says so."""

from datetime import date
from typing import Any

import pytest
from lxml import html

from movement.spread.models import ChartPicture, UnitSnapshot
from movement.spread.publishing import tell
from movement.spread.rogers import CUTS, rogers, standing
from movement.spread.settings import SpreadSettings
from movement.tasks import draw_growth
from tests.cast import client_of, make_ally


def page_of(allies: int, headcount: int) -> dict[str, Any]:
    """What /spread/ says of it, as far as it matters here."""
    return {"total": [allies, False], "headcount": headcount}


def test_the_cuts_are_those_of_the_normal_distribution_rounded_as_rogers_did():
    from statistics import NormalDist

    exact = [NormalDist().cdf(cut) for cut in (-2, -1, 0, 1)]
    assert [share for _name, share in CUTS[:4]] == pytest.approx(exact, abs=0.004)


@pytest.mark.parametrize(
    ("allies", "here"), [(5, 0), (10, 0), (15, 1), (60, 1), (65, 2), (200, 2), (205, 3), (335, 3), (340, 4), (500, 4)]
)
def test_where_we_stand_is_among_those_within_reach(allies, here):
    found = rogers(standing(page_of(allies, 500), 80))
    assert [one.is_here for one in found.categories].index(True) == here
    assert (found.within_reach, found.share) == (400, min(1.0, allies / 400))
    assert [one.people for one in found.categories] == [10, 65, 200, 335, 400]


@pytest.mark.parametrize(("allies", "headcount"), [(0, 50), (10, 0), (0, 0)])
def test_without_a_count_or_a_headcount_it_says_nothing(allies, headcount):
    assert standing(page_of(allies, headcount), 80) is None


@pytest.mark.django_db
def test_the_worker_draws_it_and_the_page_says_what_it_is_not(organisation):
    SpreadSettings.objects.create(reachable=50)
    UnitSnapshot.objects.create(unit=organisation["finance"], month=date(2026, 6, 1), allies=12, headcount=30)
    UnitSnapshot.objects.create(unit=organisation["field-service"], month=date(2026, 6, 1), allies=2, headcount=120)
    tell()
    draw_growth.func()
    first = ChartPicture.objects.get(name="rogers")
    assert first.svg.count("<svg") == 2
    page = html.fromstring(client_of(make_ally("Ada Larkin")).get("/spread/").content)
    section = page.get_element_by_id("rogers-h").getparent().getparent().text_content()
    assert "About 10 of the 75 colleagues within reach (50 in a hundred)" in " ".join(section.split())
    assert "cuts by definition" in section
    draw_growth.func()
    assert ChartPicture.objects.get(name="rogers").drawn_at == first.drawn_at
