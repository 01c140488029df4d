"""A department is told lower only where several people stand behind it: whoever knows that exactly one person left it
learns nothing of them.

All histories of one department are gone through. Those of which every month's page says the same form one class, and in
no class is the one who moved always an ally, or never.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import accumulate, product

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from movement.spread import safety, steadying
from movement.spread.models import UnitSnapshot
from movement.spread.services import build_snapshots, rebuild_snapshots
from movement.spread.steadying import SEVERAL, Then, looked_back, steady
from tests.cast import make_ally, make_unit
from tests.movement.spread.organisations import steadied

DECEMBER = date(2026, 12, 1)


def months(number: int) -> list[date]:
    return [DECEMBER + relativedelta(months=ahead) for ahead in range(number)]


def published(counts: list[int], headcount: int) -> tuple[safety.Cell, ...]:
    series = dict(zip(months(len(counts)), counts, strict=True))
    told = steadied(series, dict.fromkeys(series, headcount))
    return tuple(safety.cell(count, headcount) for count in told.values())


@dataclass(frozen=True)
class Played:
    """What somebody knows: in month `at` (1 is January) one person came (`sign` 1) or went (-1), and nobody else; in
    the months that are `still` nobody did. `last` is the last month that is published.

    Histories up to `begin` and `came` are judged; those a little beyond are gone through as well, since a judged one
    may look like one of them.
    """

    at: int
    sign: int
    last: int
    still: frozenset[int] = frozenset()
    begin: int = 10
    came: int = 3
    headcount: int = 40

    def histories(self) -> Iterator[tuple[bool, bool, list[int]]]:
        """Whether the one who moved is an ally, whether it is judged, and the counts from December on."""
        free = [month for month in range(1, self.last + 1) if month not in self.still | {self.at}]
        some = range(-self.came - 1, self.came + 4)
        for begin, is_ally, changes in product(range(self.begin + 5), (False, True), product(some, repeat=len(free))):
            by_month = dict(zip(free, changes, strict=True)) | {self.at: self.sign * is_ally}
            steps = [begin, *(by_month.get(month, 0) for month in range(1, self.last + 1))]
            counts = list(accumulate(steps))
            if min(counts) >= 0 and (counts[self.at - 1] or not is_ally or self.sign > 0):
                is_judged = begin <= self.begin and all(abs(change) <= self.came for change in changes)
                yield is_ally, is_judged, counts

    def given_away(self) -> list[list[int]]:
        """One history of each class that looks the same, where the one who moved is an ally in all of it or in none."""
        answers: dict[tuple[safety.Cell, ...], set[bool]] = defaultdict(set)
        judged: dict[tuple[safety.Cell, ...], list[int]] = {}
        for is_ally, is_judged, counts in self.histories():
            answers[pages := published(counts, self.headcount)].add(is_ally)
            if is_judged:
                judged[pages] = counts
        return [counts for pages, counts in judged.items() if len(answers[pages]) == 1]


@pytest.mark.parametrize("headcount", [12, 16, 18, 40])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_who_knows_of_one_alone_who_left_in_a_month_cannot_tell_whether_they_were_an_ally(at, headcount):
    assert Played(at, -1, 3, headcount=headcount).given_away() == []


@pytest.mark.parametrize("at", [5, 6])
def test_nor_who_knows_that_nobody_else_came_or_went_in_the_whole_quarter(at):
    assert Played(at, -1, 6, still=frozenset({4, 5, 6})).given_away() == []


def test_who_knows_of_everybody_else_that_they_did_not_join_may_tell():
    """It stands so in docs/small-numbers.md: a rise is told with the month."""
    assert Played(3, 1, 3).given_away()


def test_who_knows_of_nobody_else_in_two_months_of_three_may_tell():
    """It stands so in docs/small-numbers.md: the change of the quarter must have come of the month that is left, and of
    this one."""
    assert Played(3, -1, 3, still=frozenset({2})).given_away()


@pytest.fixture
def month_by_month(monkeypatch):
    monkeypatch.setattr(steadying, "SEVERAL", {1: 1})
    looked_back.cache_clear()
    yield
    looked_back.cache_clear()


def test_told_anew_every_month_it_would_give_them_away(month_by_month):
    assert Played(2, -1, 3).given_away()


def told(counts: list[int]) -> list[int]:
    series = dict(zip(months(len(counts)), counts, strict=True))
    return list(steadied(series, dict.fromkeys(series, 60)).values())


def test_whoever_comes_is_told_with_the_month():
    assert told([1, 4, 5, 5, 8]) == [1, 4, 5, 5, 8]
    assert told([8, 7, 8, 9, 8]) == [8, 8, 8, 9, 9]


def test_three_who_go_in_a_month_are_told_at_once_and_one_a_month_at_the_ends_of_quarters():
    assert told([10, 7, 7]) == [10, 7, 7]
    assert told([11, 10, 9, 8, 7, 6, 5, 4]) == [11, 11, 11, 8, 8, 8, 5, 5]


def test_two_in_a_quarter_are_told_at_the_ends_of_half_years_and_fewer_later():
    assert told([11, 11, 10, 9, 9, 8, 7, 7]) == [*[11] * 6, 7, 7]
    assert told([14 - month * 10 // 12 for month in range(13)])[-1] == 5  # into the next range, and no further
    assert told([11 - month * 5 // 12 for month in range(13)]) == [*[11] * 12, 6]  # five in a year


def test_a_department_that_is_never_counted_alone_falls_late_as_well():
    series = dict(zip(months(4), [11, 9, 9, 6], strict=True))
    assert list(steadied(series, dict.fromkeys(series, 8)).values()) == [11, 11, 11, 6]


@given(st.lists(st.integers(0, 40), min_size=2, max_size=60))
def test_it_is_told_lower_only_where_several_went_since(counts):
    series = dict(zip(months(len(counts)), counts, strict=True))
    before: dict[date, Then] = {}
    for month, there in series.items():
        now = Then(there, *steady(month, there, 60, before))
        last = before.get(month - relativedelta(months=1))
        assert now.told >= there
        if last is not None and now.told < last.told:
            assert min(SEVERAL.values()) <= last.told - there
        elif last is not None:
            assert now.told == max(last.told, there)
        before[month] = now


@pytest.mark.django_db
def test_the_months_keep_both_and_are_rebuilt_to_the_same(monkeypatch):
    unit = make_unit("Depot", headcount=40)
    for month, many in ((1, 4), (2, 1), (3, 1), (4, 1), (5, 3)):
        for number in range(many):
            make_ally(f"Ada {month} {number}", unit=unit, joined_at=datetime(2026, month, 9, tzinfo=UTC))
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 6, 9, tzinfo=UTC))
    build_snapshots()
    rows = UnitSnapshot.objects.order_by("month").values_list("there", "allies", "since__month")
    before = list(rows)
    assert before == [(4, 4, 1), (5, 5, 2), (6, 6, 3), (7, 7, 4), (10, 10, 5)]
    rebuild_snapshots()
    assert list(rows.all()) == before
