"""Ties across units, who stays, and what is done: what is told of them, from the facts."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from dateutil.relativedelta import relativedelta
from lxml import html

from movement.actions.models import Action
from movement.allies.models import Ally
from movement.allies.stays import settle
from movement.personas.mapping import prepare_map
from movement.personas.models import Audience, PersonaCard, Side
from movement.personas.service_map import ServiceMap
from movement.spread import describing
from movement.spread.estimates import kept
from movement.spread.estimating import estimate_all
from movement.spread.methods.staying import staying as kaplan_meier
from movement.spread.models import ChartPicture
from movement.spread.redrawing import draw_all
from movement.spread.services import refresh
from tests.cast import client_of, make_ally

pytestmark = pytest.mark.django_db
MONTH = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _november(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 11, 10, 9, tzinfo=UTC))


def brought_one_another(units: list, many: int) -> list[Ally]:
    """A chain: each brought the next, from one unit to the other and back."""
    at, allies = datetime(2026, 4, 1, 12, tzinfo=UTC), []
    for number in range(many):
        by = allies[-1] if allies else None
        unit = units[number % len(units)]
        allies.append(make_ally(f"Ally {number}", unit=unit, joined_at=at + timedelta(days=number), invited_by=by))
    return allies


def test_ties_lead_across_or_stay_inside(organisation):
    brought_one_another([organisation["finance"], organisation["field-service"]], 24)
    refresh()
    told = describing.ties(MONTH)
    assert (told["e_i"], told["ties"], told["units"], told["connected"]) == (1.0, 25, 2, 2)
    assert told["assortativity"] == -1.0


def test_units_that_hide_are_in_no_tie(organisation):
    """Whether a hidden unit hangs together with others would tell that somebody is there."""
    hidden = [make_ally(f"Hidden {n}", unit=organisation["customer-support"], joined_at=START) for n in range(3)]
    allies = brought_one_another([organisation["finance"], organisation["field-service"]], 24)
    refresh()
    without = describing.ties(MONTH)
    for one, other in zip(hidden, allies, strict=False):
        other.invited_by = one
        other.save()
    assert describing.ties(MONTH)["units"] == without["units"] == 2


START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_few_ties_are_too_early(organisation):
    brought_one_another([organisation["finance"], organisation["field-service"]], 14)
    refresh()
    assert describing.ties(MONTH) is None


def bridged(organisation) -> tuple[Ally, Ally]:
    """Twenty-four of finance who know one another, six of field service whom nobody knows; one of each."""
    first = brought_one_another([organisation["finance"]], 24)[0]
    others = [make_ally(f"Other {n}", unit=organisation["field-service"], joined_at=START) for n in range(6)]
    return first, others[0]


def serves(owner: Ally, unit, **fields) -> None:
    lines = {"name": "Jo", "role": "driver", "want": "lists", "use": "go"}
    PersonaCard.objects.create(owner=owner, unit=unit, **lines | {"audience": Audience.ALLIES} | fields)


def told_bridges() -> dict:
    prepare_map()
    refresh()
    return describing.ties(MONTH)


def test_a_bridge_is_missing_where_one_serves_another_and_nobody_knows_anybody(organisation):
    finance, field = organisation["finance"], organisation["field-service"]
    of_finance, of_field = bridged(organisation)
    serves(of_finance, field)
    bridge = {"server": "Finance", "served": "Field Service", "slug": "finance", "both": False}
    told = told_bridges()
    assert (told["missing"], told["serving"], told["e_i"]) == ([bridge], 1, -1.0)
    serves(of_field, finance)
    told = told_bridges()
    assert ([one["both"] for one in told["missing"]], told["serving"]) == ([True], 1)
    of_field.invited_by = of_finance
    of_field.save()
    assert (told_bridges()["missing"], told_bridges()["serving"]) == ([], 1)


def test_bridges_are_those_of_the_service_map_and_no_others(organisation):
    """A card that its writer keeps, or that points to their own unit, to one that hides or outside, tells of none; five
    writers of hidden cards make a line on the map, and so a bridge."""
    finance, field = organisation["finance"], organisation["field-service"]
    of_finance, of_field = bridged(organisation)
    serves(of_finance, field, audience=Audience.ONLY_ME)
    serves(of_finance, finance)
    serves(of_finance, organisation["customer-support"])
    serves(of_finance, None, side=Side.OUTSIDE)
    Ally.objects.filter(pk=of_field.pk).update(show_unit=False)
    serves(of_field, finance)
    assert (told_bridges()["missing"], told_bridges()["serving"]) == ([], 0)
    for ally in Ally.objects.filter(unit=finance)[1:5]:
        serves(ally, field, audience=Audience.ONLY_ME)
    PersonaCard.objects.update(created_at=START)
    ServiceMap.objects.all().delete()
    assert [(one["server"], one["served"]) for one in told_bridges()["missing"]] == [("Finance", "Field Service")]


def test_ties_and_who_stays_are_counted_once_a_month(organisation):
    """Counted again in the middle of it they would change with whoever leaves."""
    allies = brought_one_another([organisation["finance"], organisation["field-service"]], 30)
    refresh()
    estimate_all(draws=10)
    names = ("carrying", "ties", "staying", "doing")
    before = [kept(name)[name].told for name in names]
    assert before[1]["ties"] == 30
    for ally in allies[5:15]:
        ally.user.delete()
    Action.objects.create(ally=allies[0], text="Carried a box.", done_on=date(2026, 10, 19))
    refresh()
    estimate_all(draws=10)
    assert [kept(name)[name].told for name in names] == before


def test_a_cohort_of_twenty_makes_a_curve_and_nineteen_none(organisation):
    allies = brought_one_another([organisation["finance"]], 19)
    settle()
    assert describing.staying(MONTH) is None
    last = make_ally("Ada Larkin", unit=organisation["finance"], joined_at=START + timedelta(days=1))
    # Half of them did something in October, the others nothing since they joined.
    Action.objects.bulk_create(
        Action(ally=ally, text="Carried a box.", done_on=date(2026, 10, 5)) for ally in [*allies[:9], last]
    )
    settle()
    (told,) = describing.staying(MONTH)
    assert (told["year"], told["half"], told["people"]) == (2026, 1, 20)
    shares = [point[1] for point in told["curve"]]
    assert all(later <= earlier for earlier, later in pairwise(shares))
    assert all(value % 5 == 0 for point in told["curve"] for value in point[1:])
    assert shares[-1] in (50, 55)  # whoever brought the next did something too, on the day that one joined


def test_who_leaves_and_who_falls_silent_are_no_longer_active(organisation):
    ally = make_ally("Ada Larkin", unit=organisation["finance"], joined_at=START)
    silent = make_ally("Basil Thorne", unit=organisation["finance"], joined_at=START)
    busy = make_ally("Cy Marsh", unit=organisation["finance"], joined_at=START)
    Action.objects.create(ally=busy, text="Carried a box.", done_on=date(2026, 9, 5))
    Action.objects.create(ally=silent, text="Carried a box.", done_on=date(2026, 4, 5))
    settle()
    ally.user.delete()
    settle()
    # The first left in November: in October they are still here, and have been silent since they joined.
    found = sorted((stayed, ended) for _joined, stayed, ended in describing.durations(date(2026, 1, 1), MONTH))
    assert found == [(4.0, True), (7.0, False), (7.0, False)]


def test_kaplan_and_meier_agree_with_what_was_counted_by_hand():
    """Twenty, of whom five stop after two months and five more after four; the rest goes on."""
    found = kaplan_meier([2.0] * 5 + [4.0] * 5 + [6.0] * 10, [True] * 10 + [False] * 10)
    assert [round(share, 2) for _at, share, _low, _high in found.curve][:3] == [1.0, 0.75, 0.5]


def test_actions_are_told_by_week_and_kind_as_the_wall_shows_them(organisation):
    ally = make_ally("Ada Larkin", unit=organisation["finance"], joined_at=START)
    for day, kind, audience in (
        (date(2026, 10, 22), "servicing", "allies"),
        (date(2026, 10, 19), "relations", "allies"),
        (date(2026, 10, 21), "servicing", "only_me"),
        (date(2026, 10, 26), "servicing", "allies"),  # that week has not ended with the month
    ):
        Action.objects.create(ally=ally, text="Carried a box.", done_on=day, kind=kind, audience=audience)
    settle()
    told = describing.doing(MONTH)
    assert told["weeks"][-1] == ["2026-10-19", [1, 1, 0, 0]]
    assert len(told["weeks"]) == 26
    assert sum(sum(counts) for _week, counts in told["weeks"]) == 2


def test_nothing_done_is_told_as_nothing(organisation):
    settle()
    assert describing.doing(MONTH) is None


def test_the_page_shows_all_of_it_with_pictures_tables_and_files(organisation):
    allies = brought_one_another([organisation["finance"], organisation["field-service"]], 26)
    Action.objects.create(ally=allies[0], text="Carried a box.", kind="relations", done_on=date(2026, 10, 19))
    refresh()
    estimate_all(draws=40)
    draw_all()
    on_the_page = {"growth", "rogers", "doing", "staying"}
    on_paper = {"paper-growth", "paper-doing", "paper-staying"}
    assert set(ChartPicture.objects.values_list("name", flat=True)) == {*on_the_page, *on_paper, "heat"}
    assert set(ChartPicture.objects.filter(png=None).values_list("name", flat=True)) == on_paper
    assert not any("style=" in svg or "<style" in svg for svg in ChartPicture.objects.values_list("svg", flat=True))
    page = html.fromstring(client_of(allies[0]).get("/spread/").content)
    text = " ".join(page.text_content().split())
    assert "More ties lead across than stay inside." in text
    assert "Actions in the last thirteen weeks: 1; in the thirteen before: 0." in text
    for section in ("doing-h", "staying-h"):
        (part,) = page.xpath(f"//section[@aria-labelledby='{section}']")
        assert part.cssselect("figure svg")
        assert part.cssselect("figcaption a[href$='.csv'] + a[href$='.png']")
        assert part.cssselect("table tbody tr")
    drawn = dict(ChartPicture.objects.values_list("name", "drawn_at"))
    draw_all()
    assert dict(ChartPicture.objects.values_list("name", "drawn_at")) == drawn


@pytest.mark.parametrize("name", ["coverage", "months", "heat", "ahead", "doing", "staying", "ties", "ideas"])
def test_each_file_has_a_heading_and_what_the_page_says(organisation, name):
    organisation["finance"].name = "=Finance"
    organisation["finance"].save()
    allies = brought_one_another([organisation["finance"], organisation["field-service"]], 26)
    client = client_of(allies[0])
    assert client.get(f"/spread/figures/{name}.csv").status_code == 200  # before anything was told
    refresh()
    estimate_all(draws=40)
    answer = client.get(f"/spread/figures/{name}.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer["Content-Type"].startswith("text/csv")
    assert len(lines) > (0 if name in ("ahead", "doing", "ideas") else 1)
    assert not any(cell.startswith("=") for line in lines for cell in line.split(","))
    assert re.search(r"\d{4}-\d\d-01", "".join(lines)) is None or name == "doing"  # weeks have days, months none
    if name == "coverage":
        assert "Run,'=Finance,30,15,50,," in lines


def test_no_other_file(organisation):
    assert client_of(make_ally("Ada Larkin")).get("/spread/figures/people.csv").status_code == 404


def test_a_units_file_hides_as_its_page_does(organisation):
    allies = brought_one_another([organisation["finance"]], 7)
    refresh()
    last = MONTH - relativedelta(months=6)
    text = client_of(allies[0]).get("/spread/units/finance/months.csv").content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith("2026-10,30,5,17,")
    assert f"{last:%Y-%m},30,5,17" in text
    support = client_of(allies[0]).get("/spread/units/customer-support/months.csv").content.decode("utf-8-sig")
    assert support.splitlines()[1] == "2026-10,40,,,,,,,,fewer than 5"
