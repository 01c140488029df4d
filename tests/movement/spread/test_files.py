"""Files of what is kept: each row says what the page says, and an empty site has its heads alone."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from movement.personas.gap import GapMonth
from movement.spread import estimates, files
from tests.cast import client_of, make_ally

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 1)


def rows_of(name: str) -> list[list[str]]:
    answer = client_of(make_ally("Ada Larkin")).get(f"/spread/figures/{name}.csv")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("name", files.FILES)
def test_before_the_first_month_there_are_heads_and_nothing_below(name):
    assert len(rows_of(name)) == 1


def test_how_many_each_brings():
    told = {"mean": 1.2, "low": 0.8, "high": 1.7, "weeks": 13, "generation": 5, "is_assumed": False, "each": None}
    estimates.keep(estimates.CARRYING, MAY, told)
    assert rows_of("carrying")[1] == ["1.2", "0.8", "1.7", "13", "5", ""]


def test_rogers_names_with_the_one_we_are_in():
    estimates.keep(estimates.ROGERS, MAY, {"allies": 30, "within_reach": 400, "reachable": 80})
    found = rows_of("rogers")[1:]
    assert [row[0] for row in found if row[3]] == ["Early adopters"]
    assert [row[1] for row in found] == ["2.5", "13.5", "34.0", "34.0", "16.0"]


def test_milestones_by_the_quarter():
    estimates.keep(estimates.MILES, MAY, [["beginning", "2026-02-01"], ["five", "2026-05-01"]])
    assert rows_of("milestones")[1:] == [
        ["Quarter 1 of 2026", "The beginning"],
        ["Quarter 2 of 2026", "Five in one department"],
    ]


def test_what_was_believed_and_received_where_it_may_be_told():
    GapMonth.objects.create(month=date(2026, 4, 1))
    GapMonth.objects.create(month=MAY, pairs=10, server=Decimal("4.2"), served=Decimal("3.8"))
    assert rows_of("gap")[1:] == [["2026-05", "10", "4.2", "3.8"]]
