"""Who sits with whom: departments mixed, hardly anybody twice, nobody left out who can be helped."""

from datetime import UTC, date, datetime
from itertools import combinations
from random import Random
from zoneinfo import ZoneInfo

import pytest

from movement.lunch import starters
from movement.lunch.hours import offer
from movement.lunch.matching import tables
from movement.lunch.weighing import Guest, Known, pair_of
from tests.pace import seconds_of

WEEK = frozenset(range(1, 6))


def guests(many: int, *, departments: int, days: int = 5) -> list[Guest]:
    """Over so many departments, three to a division; each has so many days."""
    chance = Random(7)
    return [
        Guest(
            number=number,
            days=frozenset(chance.sample(range(1, 6), days)),
            zone="UTC",
            department=100 + number % departments,
            division=10 + number % departments // 3,
        )
        for number in range(1, many + 1)
    ]


def rounds(many: int, *, times: int) -> tuple[int, int, int]:
    """Pairs in all, those that met again, those within a department."""
    everybody, met, pairs, again, same = guests(many, departments=8, days=3), {}, 0, 0, 0
    for week in range(times):
        known = Known(met_weeks_ago={pair: week - before for pair, before in met.items()})
        for table in tables(everybody, known, seed=str(week)):
            for one, other in combinations(table, 2):
                pairs += 1
                again += pair_of(one, other) in met
                same += one.department == other.department
                met[pair_of(one, other)] = week
    return pairs, again, same


def test_over_twelve_rounds_of_two_hundred_nobody_meets_twice_nor_their_own_department():
    pairs, again, same = rounds(200, times=12)
    assert (pairs, again) == (1200, 0)
    assert same / pairs <= 0.01


def test_four_hundred_are_matched_in_less_than_five_seconds():
    found: list = []
    assert seconds_of(lambda: found.extend(tables(guests(400, departments=12), Known(), seed="a")), times=1) < 5
    assert sorted(guest.number for table in found for guest in table) == list(range(1, 401))


@pytest.mark.parametrize("many", [1, 2, 3, 5, 7, 24, 203])
def test_everybody_has_one_seat_and_an_odd_number_makes_one_trio(many):
    found = tables(guests(many, departments=4), Known(), seed="a")
    assert sorted(guest.number for table in found for guest in table) == list(range(1, many + 1))
    sizes = sorted(map(len, found))
    assert sizes == ([1] if many == 1 else [2] * (many // 2 - many % 2) + [3] * (many % 2))


def test_those_kept_apart_never_sit_together_not_even_as_three():
    three = guests(3, departments=3)
    apart = Known(apart=frozenset({(1, 2)}))
    for seed in range(12):
        found = tables(three, apart, seed=str(seed))
        assert sorted(map(len, found)) == [1, 2]
        assert not any({1, 2} <= {guest.number for guest in table} for table in found)


def test_without_a_common_day_nobody_is_sent_to_lunch():
    early, late = (Guest(number=n, days=frozenset({n}), zone="UTC") for n in (1, 2))
    assert tables([early, late], Known(), seed="a") == [[early], [late]]


def test_who_waited_comes_first():
    waiting = Guest(number=9, days=frozenset({1}), zone="UTC", waited=True)
    others = [Guest(number=n, days=WEEK if n == 1 else frozenset({2}), zone="UTC") for n in (1, 2)]
    for seed in range(8):
        found = tables([*others, waiting], Known(), seed=str(seed))
        assert waiting in next(table for table in found if len(table) == 2)


def test_a_tie_decides_among_equals():
    four = guests(4, departments=1)
    found = tables(four, Known(ties={(1, 4): 8, (2, 3): 8}), seed="a")
    assert sorted(sorted(guest.number for guest in table) for table in found) == [[1, 4], [2, 3]]


def test_an_alias_meets_the_departments_of_its_division_as_often_as_any():
    """Only the division is shown: were their department weighed, whom they never meet would tell it."""
    alias = Guest(number=99, days=WEEK, zone="UTC", division=10)
    met = [0, 0]
    for seed in range(60):
        room = [Guest(number=n, days=WEEK, zone="UTC", department=n, division=10) for n in (1, 2)]
        other = Guest(number=3, days=WEEK, zone="UTC", department=3, division=10)
        table = next(table for table in tables([*room, other, alias], Known(), seed=str(seed)) if alias in table)
        partner = next(guest for guest in table if guest != alias)
        met[0] += partner.number == 1
        met[1] += partner.number == 2
    assert min(met) > 5


@pytest.mark.parametrize(
    ("zones", "clocks"),
    [
        ({"Europe/Berlin"}, {"Europe/Berlin": "12:15"}),
        ({"Europe/Berlin", "Europe/London"}, {"Europe/Berlin": "13:15", "Europe/London": "12:15"}),
        ({"Europe/London", "America/New_York"}, {}),
    ],
)
def test_the_hour_is_lunch_time_for_both_or_at_least_working_time(zones, clocks):
    monday = date(2026, 12, 7)
    moment = offer(monday, {3}, zones, turn=0)
    there = {zone: moment.astimezone(ZoneInfo(zone)) for zone in zones}
    assert {at.date() for at in there.values()} == {date(2026, 12, 9)}
    assert all(8 <= at.hour < 18 or (at.hour, at.minute) == (18, 0) for at in there.values())
    if len(zones) == 1:
        assert {zone: f"{at:%H:%M}" for zone, at in there.items()} == clocks


def test_tables_are_spread_over_the_days_that_suit():
    days = {offer(date(2026, 12, 7), {2, 4}, {"UTC"}, turn=turn).isoweekday() for turn in range(4)}
    assert days == {2, 4}
    assert offer(date(2026, 12, 7), {2}, {"UTC"}, turn=5) == datetime(2026, 12, 8, 12, 15, tzinfo=UTC)


def test_three_questions_the_same_for_all_and_some_that_fit():
    assert len({str(starter.text) for starter in starters.POOL}) >= 24
    for seed in range(40):
        asked = [str(text) for text in starters.pick({starters.TRIO, starters.ACROSS}, seed=seed)]
        assert len(set(asked)) == 3
        assert asked == [str(text) for text in starters.pick({starters.TRIO, starters.ACROSS}, seed=seed)]
        fits = {str(one.text): one.fits for one in starters.POOL}
        assert {fits[text] for text in asked} <= {starters.ANY, starters.TRIO, starters.ACROSS}
        assert sum(fits[text] != starters.ANY for text in asked) == 2
