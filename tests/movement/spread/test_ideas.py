"""How far an idea has come: what is kept, and what of it is told."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from movement.actions.models import Action, Audience
from movement.spread import idea_building
from movement.spread.idea_building import build_idea_months
from movement.spread.idea_figures import Reach, furthest, reach, spread_of
from movement.spread.idea_months import IdeaMonth
from tests.cast import client_of, make_ally
from tests.movement.worlds import make_action, make_idea

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


def noon(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def kept() -> list[tuple[str, str, date, int]]:
    rows = IdeaMonth.objects.filter(begun__gt=0).order_by("month", "idea__title", "unit__name")
    return list(rows.values_list("idea__title", "unit__slug", "month", "begun"))


@pytest.fixture(autouse=True)
def _in_april(monkeypatch):
    monkeypatch.setattr(idea_building.timezone, "now", lambda: noon(4, 10))


@pytest.fixture
def idea(db):
    return make_idea()


def many(unit, count: int, idea, at: datetime) -> None:
    for number in range(count):
        someone = make_ally(f"Somebody {unit.slug} {idea.slug} {number} {at.month}", unit=unit)
        make_action(someone, idea=idea, created_at=at)


def test_an_ally_counts_once_where_and_when_they_first_told_of_it(idea, ally, alias_ally, quiet_ally, organisation):
    make_action(ally, idea=idea, created_at=noon(1, 5))
    ally.unit = organisation["finance"]
    ally.save()
    make_action(ally, idea=idea, created_at=noon(2, 5))
    for one, at in ((alias_ally, noon(3, 31)), (quiet_ally, noon(3, 1)), (quiet_ally, noon(3, 2))):
        make_action(one, idea=idea, created_at=at, is_unnamed=True)
    make_action(ally, "Something without an idea.", created_at=noon(1, 6))
    make_action(make_ally("Nowhere Yet"), idea=idea, created_at=noon(2, 1))
    make_action(make_ally("Of This Month"), idea=idea, created_at=noon(4, 1))
    build_idea_months()
    title = idea.title
    assert kept() == [(title, "field-service", JANUARY, 1), (title, None, FEBRUARY, 1), (title, "finance", MARCH, 2)]


def test_what_is_kept_to_oneself_or_a_circle_is_counted_for_nobody(idea, ally, organiser, alias_ally):
    make_action(ally, idea=idea, created_at=noon(1, 5), audience=Audience.ONLY_ME)
    make_action(organiser, idea=idea, created_at=noon(1, 5), audience=Audience.CIRCLES)
    make_action(alias_ally, idea=idea, created_at=noon(2, 5))
    alias_ally.user.is_active = False
    alias_ally.user.save()
    assert (build_idea_months(), kept()) == (0, [])


def test_what_was_built_stays_and_is_built_again_to_the_same(idea, ally, organisation):
    make_idea("Another")
    many(organisation["finance"], 6, idea, noon(1, 9))
    many(organisation["field-service"], 3, idea, noon(3, 9))
    first = build_idea_months()
    before = list(IdeaMonth.objects.order_by("month", "idea", "unit").values_list("idea", "unit", "month", "begun"))
    assert (first, build_idea_months()) == (len(before), 0)
    build_idea_months(anew=True)
    again = IdeaMonth.objects.order_by("month", "idea", "unit").values_list("idea", "unit", "month", "begun")
    assert list(again) == before
    Action.objects.filter(idea=idea).first().delete()
    make_action(ally, idea=idea, created_at=noon(1, 20))
    assert build_idea_months() == 0


def test_five_of_a_department_are_told_to_the_nearest_five_and_fewer_are_left_out(idea, organisation):
    many(organisation["finance"], 6, idea, noon(1, 9))
    many(organisation["field-service"], 4, idea, noon(1, 9))
    many(organisation["field-service"], 4, idea, noon(3, 9))
    build_idea_months()
    told = [Reach(JANUARY, 5, 1), Reach(FEBRUARY, 5, 1), Reach(MARCH, 15, 2)]
    assert (spread_of(idea).months, spread_of(idea).bars[0][1]) == (told, 33)


def test_where_no_department_has_five_nothing_is_told_however_many_they_are(idea, organisation):
    """Beside what the coverage says of small departments a sum of all could show that everybody of one is an ally."""
    for slug in ("finance", "field-service", "customer-support", "data-and-reporting"):
        many(organisation[slug], 4, idea, noon(1, 9))
    build_idea_months()
    assert spread_of(idea).latest == Reach(MARCH, None, 0)


@given(
    shown=st.lists(st.integers(5, 60), min_size=1, max_size=4),
    hidden=st.lists(st.integers(0, 4), min_size=1, max_size=4),
    others=st.lists(st.integers(0, 4), min_size=4, max_size=4),
)
def test_what_is_told_tells_nothing_of_departments_where_fewer_than_five_did(shown, hidden, others):
    def told(small):
        tried = dict(enumerate([*shown, *small]))
        return reach(JANUARY, tried, dict.fromkeys(tried, 500))

    assert told(hidden) == told(others[: len(hidden)])


def test_small_departments_and_those_without_a_headcount_are_not_told():
    told = [reach(JANUARY, {1: 9}, headcounts) for headcounts in ({1: 11}, {1: 0}, {}, {1: 12})]
    assert told == [*[Reach(JANUARY, None, 0)] * 3, Reach(JANUARY, 10, 1)]


def test_a_headcount_that_is_mended_draws_no_second_range_of_a_month(idea, organisation):
    finance = organisation["finance"]
    many(finance, 12, idea, noon(1, 9))
    for people in (14, 60):
        finance.headcount = people
        finance.save()
        build_idea_months()
        assert spread_of(idea).latest == Reach(MARCH, 12, 1)


def test_the_ten_that_came_furthest_are_told_with_ties_by_allies_and_title(organisation):
    support, finance, field = (organisation[slug] for slug in ("customer-support", "finance", "field-service"))
    for number in range(11):
        many(support, 6, make_idea(f"Idea {number:02}"), noon(1, 9))
    wide, deep, hidden, narrow = (make_idea(title) for title in ("Wide", "Deep", "Taken down", "Narrow"))
    for unit in (finance, field):
        many(unit, 5, wide, noon(1, 9))
    many(support, 13, deep, noon(1, 9))
    many(support, 19, hidden, noon(1, 9))
    many(support, 4, narrow, noon(1, 9))
    hidden.is_published = False
    hidden.save()
    build_idea_months()
    told = furthest(MARCH)
    assert told[:2] == [
        {"title": "Wide", "slug": "wide", "departments": 2, "allies": 10},
        {"title": "Deep", "slug": "deep", "departments": 1, "allies": 15},
    ]
    assert [one["title"] for one in told[2:]] == [f"Idea {number:02}" for number in range(8)]
    assert furthest(date(2025, 12, 1)) is None


def test_the_page_says_it_in_words_bars_and_a_table(idea, ally, organisation):
    page = client_of(ally).get(idea.get_absolute_url()).text
    assert "It is counted when a month has ended" in page
    many(organisation["finance"], 3, idea, noon(1, 9))
    build_idea_months()
    page = client_of(ally).get(idea.get_absolute_url()).text
    assert ("Fewer than five allies of any department" in page, "<rect" in page) == (True, False)
    many(organisation["finance"], 4, idea, noon(2, 9))
    many(organisation["field-service"], 9, idea, noon(2, 9))
    build_idea_months(anew=True)
    page = client_of(ally).get(idea.get_absolute_url()).text
    assert ("Tried by about 15 allies in 2 departments." in page, page.count("<rect")) == (True, 3)
    assert ("fewer than 5" in page, "Finance" in page, "Field Service" in page) == (True, False, False)


def test_the_page_costs_the_same_for_one_three_and_thirty(idea, ally, organisation):
    client, costs = client_of(ally), []
    client.get(idea.get_absolute_url())
    for count in (1, 2, 27):
        for number in range(count):
            someone = make_ally(f"Ally {Action.objects.count()} {number}", unit=organisation["finance"])
            make_action(someone, idea=idea, created_at=noon(1, 9))
        build_idea_months(anew=True)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(idea.get_absolute_url()).status_code == 200
        costs.append(len(asked))
    assert len(set(costs)) == 1, costs
