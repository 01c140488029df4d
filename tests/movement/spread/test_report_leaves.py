"""The report leaves the circle: no figure in it is of one department, and none follows from it."""

from datetime import date

import pytest
from lxml import html

from movement.actions.models import Action
from movement.spread.describing import doing
from movement.spread.estimates import DOING, keep
from movement.spread.models import ChartPicture, Estimate, UnitSnapshot
from movement.spread.publishing import tell
from movement.spread.redrawing import draw_all
from movement.spread.report.queries import divisions
from movement.spread.report.sections import Section
from movement.spread.report.services import write_report
from tests.cast import client_of, make_ally
from tests.movement.spread.test_report import ADDRESS, page_of, text_of

pytestmark = pytest.mark.django_db


def test_no_department_is_named_and_a_division_of_one_counted_department_has_no_figure(
    organisation, told_of_two, a_steward
):
    """Each division has one that is counted and one that hides: their figures are those of single departments."""
    write_report(by=a_steward, edition=1, sections=list(Section), note="", is_signed=False)
    text = text_of(page_of(a_steward))
    assert not any(unit.name in text for unit in organisation.values() if unit.parent_id)
    assert "Serve 100 – –" in text
    assert "Run 50 – –" in text


def test_a_division_is_told_where_two_departments_are(organisation, told_of_two, a_steward):
    for slug in ("customer-support", "data-and-reporting"):
        UnitSnapshot.objects.filter(unit=organisation[slug]).update(allies=12)
    tell()
    write_report(by=a_steward, edition=1, sections=[Section.DIVISIONS], note="", is_signed=False)
    text = text_of(page_of(a_steward))
    assert "Allies, about" in text
    assert "Serve 100 30 30" in text
    assert "Run 50 30 60" in text


def test_where_one_department_is_counted_no_total_is_told(organisation, told_of_two):
    """Finance alone, in every month: the sum of all is its figure."""
    UnitSnapshot.objects.exclude(unit=organisation["finance"]).update(allies=2)
    tell()
    draw_all()
    page = page_of(make_ally("Ada Larkin"))
    text = text_of(page)
    assert "Only one department is counted with five allies or more" in text
    assert "of 150 colleagues" not in text
    assert "From about" not in text
    assert page.cssselect(".report__months, #growth-h ~ figure") == []
    assert not ChartPicture.objects.filter(name="paper-growth").exists()
    assert ChartPicture.objects.filter(name="growth").exists()


def test_months_of_one_counted_department_are_not_in_the_report(organisation, told_of_two):
    UnitSnapshot.objects.filter(unit=organisation["field-service"], month__lt=date(2026, 1, 1)).update(allies=2)
    tell()
    page = page_of(make_ally("Ada Larkin"))
    months = [cell.text for cell in page.cssselect(".report__months thead th")]
    assert months == ["Month", "Jan 26", "Feb 26", "Mar 26", "Apr 26", "May 26", "Jun 26"]
    assert "at the end of January 2026 to about" in text_of(page)


@pytest.mark.parametrize(("doers", "is_told"), [(4, False), (6, True)])
def test_active_ones_of_one_department_alone_are_not_told(organisation, told_of_two, doers, is_told):
    reader = make_ally("Ada Larkin")
    month = UnitSnapshot.objects.latest("month").month
    Action.objects.create(ally=reader, text="Carried a box.", audience="allies", done_on=month)
    UnitSnapshot.objects.filter(unit=organisation["finance"]).update(active=doers)
    keep(DOING, month, doing(month))
    text = text_of(page_of(reader))
    assert "1 small actions were noted" in text
    assert ("allies did something in the last 90 days" in text) is is_told


def test_what_the_total_leaves_beside_the_told_divisions_is_not_one_department(organisation, told_of_two, a_steward):
    """Serve would be told with 30 of 50: the 20 left are Finance's, the only one counted in Run."""
    UnitSnapshot.objects.filter(unit=organisation["customer-support"]).update(allies=12)
    tell()
    write_report(by=a_steward, edition=1, sections=[Section.STAGE, Section.DIVISIONS], note="", is_signed=False)
    answer = client_of(a_steward).get(ADDRESS)
    told_ones = [one for one in answer.context["divisions"] if one["is_told"]]
    total, counted = answer.context["page"]["total"][0], Estimate.objects.get(name="growth").told[-1][2]
    assert (total, counted) == (50, 3)
    assert total - sum(one["allies"] for one in told_ones) != 20
    assert counted - sum(one["counted"] for one in told_ones) != 1
    text = text_of(html.fromstring(answer.content))
    assert "Serve 100 – –" in text
    assert "Run 50 – –" in text


def test_divisions_that_do_not_fit_on_the_paper_are_left_beside_the_total_as_well(organisation):
    """Six of seven are printed: the seventh's one department would follow."""
    rows = [{"name": str(n), "allies": 10 * n, "counted": 2} for n in range(2, 8)] + [{"allies": 5, "counted": 1}]
    assert [one["name"] for one in divisions({"divisions": rows}, 13) if not one["is_told"]] == ["2"]
    assert all(one["is_told"] for one in divisions({"divisions": rows}, 14))
