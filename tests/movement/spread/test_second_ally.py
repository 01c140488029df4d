"""Departments with exactly one or two allies: told to those allies, counted for stewards, shown to nobody else."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from accounts.services import export_person
from movement.allies.models import Ally, Unit, Visibility
from movement.allies.stays import Ended, Stay, settle
from movement.allies.unit_history import Past
from movement.spread.models import Estimate
from movement.spread.second_ally.models import Hint
from movement.spread.second_ally.services import NAME, ROOM, keep_hints, told_number
from movement.spread.services import build_month
from tests.cast import client_of, make_ally, make_unit

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
HINT = "there are few allies so far: one or two when they were last counted anew"
LONG_AGO = datetime(2026, 3, 3, tzinfo=UTC)


def join(unit: Unit, name: str, **fields) -> Ally:
    return make_ally(name, unit=unit, **{"joined_at": LONG_AGO} | fields)


def end_of(month: date) -> bool:
    """It is counted, and the hints are made of it."""
    settle()
    build_month(month, Past(list(Unit.objects.in_order())))
    return keep_hints(month)


def sees_hint(ally: Ally) -> bool:
    return HINT in client_of(Ally.objects.get(pk=ally.pk)).get("/me/").content.decode()


@pytest.fixture
def place(organisation) -> dict[str, Unit]:
    return organisation


@pytest.mark.django_db
def test_one_or_two_are_told_three_are_not(place, site_pages):
    alone = join(place["finance"], "Ada Larkin")
    pair = [join(place["field-service"], name) for name in ("Bo Finch", "Cleo Marsh")]
    three = [join(place["customer-support"], f"Dora {number}") for number in range(3)]
    assert end_of(MAY)
    assert [sees_hint(ally) for ally in (alone, *pair, *three)] == [True] * 3 + [False] * 3


@pytest.mark.django_db
def test_the_words_are_the_same_for_one_and_for_two(place, site_pages):
    """So whoever is open learns nothing of a quiet colleague beside them."""

    def words(ally: Ally) -> str:
        page = client_of(ally).get("/me/").content.decode()
        return page[page.index('id="second-h"') : page.index("Invite one colleague")]

    ada = join(place["finance"], "Ada Larkin")
    end_of(MAY)
    by_herself = words(ada)
    join(place["finance"], "Quenby Marsh", visibility=Visibility.QUIET)
    end_of(JUNE)
    assert words(ada) == by_herself


@pytest.mark.django_db
def test_nothing_changes_before_the_next_month_has_ended(place, site_pages):
    ada = join(place["finance"], "Ada Larkin")
    end_of(MAY)
    newcomers = [join(place["finance"], f"Bo {n}", joined_at=datetime(2026, 6, 9, tzinfo=UTC)) for n in range(3)]
    assert not end_of(MAY)
    assert [sees_hint(ally) for ally in (ada, *newcomers)] == [True, False, False, False]
    end_of(JUNE)
    assert [sees_hint(ally) for ally in (ada, *newcomers)] == [False] * 4


@pytest.mark.django_db
def test_one_who_leaves_does_not_bring_the_hint_back(place, site_pages):
    """Whoever knows that exactly one colleague left would learn from it that this one was an ally."""
    ada, bo, gone = [join(place["finance"], name) for name in ("Ada Larkin", "Bo Finch", "Quenby Marsh")]
    end_of(MAY)
    Stay.objects.filter(ally=gone).update(until=date(2026, 6, 9), ended=Ended.LEFT)
    end_of(JUNE)
    assert [sees_hint(ally) for ally in (ada, bo)] == [False, False]


@pytest.mark.django_db
def test_who_changes_their_department_learns_nothing_of_the_next(place, site_pages):
    join(place["finance"], "Quenby Marsh", visibility=Visibility.QUIET)
    probing = join(place["field-service"], "Ada Larkin")
    end_of(MAY)
    assert sees_hint(probing)
    Ally.objects.filter(pk=probing.pk).update(unit=place["finance"])
    assert not sees_hint(probing)


@pytest.mark.django_db
def test_a_tiny_department_is_never_hinted_at(place, site_pages):
    ada = join(make_unit("Post Room", division=place["serve"], headcount=11), "Ada Larkin")
    nobody_knows = join(make_unit("Archive", division=place["serve"], headcount=0), "Bo Finch")
    end_of(MAY)
    assert not Hint.objects.exists()
    assert [sees_hint(ada), sees_hint(nobody_knows)] == [False, False]


@pytest.mark.django_db
def test_it_is_in_the_parcel_of_whom_it_is_about_and_goes_with_them(place):
    ada = join(place["finance"], "Ada Larkin")
    end_of(MAY)
    assert [{"unit__name": "Finance", "month": MAY}] in [list(rows) for rows in export_person(user=ada.user).values()]
    ada.user.delete()
    assert not Hint.objects.exists()


@pytest.mark.django_db
def test_the_steward_is_told_a_number_that_leaves_five_others_open(place, steward, admin):
    for number in range(14):
        unit = make_unit(f"Depot {number}", division=place["serve"], headcount=40)
        if number < 6:
            join(unit, f"Ada {number}", visibility=Visibility.QUIET)
    end_of(MAY)
    assert Estimate.objects.get(name=NAME).told == {"units": 5}
    page = client_of(admin).get("/cms/").content.decode()
    assert "At least about 5 departments have one or two allies." in page
    assert "Depot" not in page[page.index("one more would count") :][:900]


@pytest.mark.django_db
def test_departments_whose_names_are_seen_leave_no_room_to_hide_in(place):
    """Nine that list three each cannot be meant; were the number told, it would be that of the five that are left."""
    for number in range(14):
        unit = make_unit(f"Depot {number}", division=place["serve"], headcount=40)
        for person in range(3 if number < 9 else 1):
            visibility = Visibility.OPEN if number < 9 else Visibility.QUIET
            join(unit, f"Ada {number} {person}", visibility=visibility)
    end_of(MAY)
    assert Estimate.objects.get(name=NAME).told == {"units": None}


@pytest.mark.django_db
def test_editors_authors_and_other_allies_see_no_number(place, editor, steward, site_pages):
    for number in range(14):
        join(make_unit(f"Depot {number}", division=place["serve"], headcount=40), f"Ada {number}")
    end_of(MAY)
    assert "one more would count" not in client_of(editor).get("/cms/").content.decode()
    page = client_of(join(place["finance"], "Bo Finch")).get("/spread/").content.decode()
    assert "one or two allies" not in page


@given(st.integers(0, 60), st.data())
def test_whatever_is_told_each_department_that_could_be_meant_may_or_may_not_be_one(could_be, data):
    few = data.draw(st.integers(0, could_be))
    told = told_number(few, could_be)
    same = [other for other in range(could_be + 1) if told_number(other, could_be) == told]
    if could_be:
        assert any(other < could_be for other in same), "some may not be"
        assert told is not None or 0 in same, "nobody is proven to be there"
        assert told is None or min(same) <= could_be - ROOM
        assert any(other > 0 for other in same), "some may be"


@pytest.mark.django_db
def test_finding_them_costs_the_same_for_three_and_thirty(place):
    def cost(month: date) -> int:
        settle()
        build_month(month, Past(list(Unit.objects.in_order())))
        with CaptureQueriesContext(connection) as queries:
            keep_hints(month)
        return len(queries)

    join(place["finance"], "Ada Larkin")
    first = cost(MAY)
    for number in range(30):
        join(make_unit(f"Depot {number}", division=place["serve"], headcount=40), f"Bo {number}")
    assert cost(JUNE) <= first + 1
