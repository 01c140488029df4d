"""The perception gap in total: told of ended months, with enough pairs, and of nothing that points at one of them."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from movement.allies.models import Ally
from movement.personas.gap import GapMonth, count_gaps, may_be_told, published
from movement.personas.ratings import Rating, month_of
from tests.cast import client_of, make_ally
from tests.movement.worlds import make_pair, tie_of

pytestmark = pytest.mark.django_db

MONTH = date(2026, 3, 1)


def a_pair(server: int, served: int | None, *, month: date = MONTH, ends: tuple[Ally, Ally] | None = None) -> None:
    number = Ally.objects.count()
    one, other = ends or (make_ally(f"Server {number}"), make_ally(f"Served {number}"))
    tie = tie_of(make_pair(one, other))
    Rating.objects.create(tie=tie, by=one, is_server=True, month=month, mark=server)
    if served:
        Rating.objects.create(tie=tie, by=other, is_server=False, month=month, mark=served)


@pytest.mark.parametrize(("pairs", "told"), [(4, []), (5, [(MONTH, 5, Decimal("4.0"), Decimal("2.0"))])])
def test_five_pairs_are_told_and_four_are_not(pairs, told):
    for _number in range(pairs):
        a_pair(4, 2)
    assert count_gaps() == 1
    assert [(one.month, one.pairs, one.server, one.served) for one in published()] == told
    kept = GapMonth.objects.get()
    assert ((kept.server, kept.served) == (None, None)) == (told == [])


def test_a_pair_of_which_one_has_not_answered_is_none():
    for _number in range(4):
        a_pair(5, 3)
    a_pair(5, None)
    count_gaps()
    assert published() == []


def test_whoever_is_in_most_pairs_could_work_out_the_rest():
    hub = make_ally("Hub Weller")
    for number in range(5):
        a_pair(4, 2, ends=(hub, make_ally(f"Spoke {number}")))
    a_pair(4, 2)
    count_gaps()
    assert published() == []
    assert [may_be_told([(1, 2)] * 9), may_be_told([(1, n) for n in range(2, 7)])] == [False, False]
    assert may_be_told([(1, 2), (1, 3), (4, 5), (6, 7), (8, 9), (10, 11)]) is True


def test_the_month_that_runs_is_not_told_and_one_that_ended_never_changes():
    for _number in range(6):
        a_pair(4, 2)
        a_pair(5, 5, month=month_of(timezone.now()))
    count_gaps()
    first = GapMonth.objects.values_list("month", "pairs", "server", "served").get()
    assert first == (MONTH, 5, Decimal("4.0"), Decimal("2.0"))
    Rating.objects.filter(month=MONTH).delete()
    assert (count_gaps(), GapMonth.objects.values_list("month", "pairs", "server", "served").get()) == (0, first)


def test_the_spread_page_sets_it_beside_the_study(ally):
    page = client_of(ally).get("/spread/").content.decode()
    assert ("80 believed they gave" in page, "Nobody has measured it yet" in page) == (True, True)
    for mark in (1, 2, 2, 3, 3):
        a_pair(4, mark)
    count_gaps()
    page = client_of(ally).get("/spread/").content.decode()
    assert ("4.0" in page, "2.2" in page, "In about 5 pairs" in page) == (True, True, True)
