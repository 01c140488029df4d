"""The ranges that are told of counts, and what is told of several together."""

from hypothesis import given
from hypothesis import strategies as st

from movement.spread import safety
from movement.spread.safety import Kind

HEADCOUNTS = st.integers(safety.SMALLEST, 3_000)


@given(HEADCOUNTS, st.data())
def test_a_count_lies_in_its_range_and_the_range_is_told_of_all_that_lie_in_it(headcount, data):
    count = data.draw(st.integers(0, headcount))
    told = safety.cell(count, headcount)
    assert told.low <= count <= told.high
    other = data.draw(st.integers(told.low, told.high))
    assert safety.cell(other, headcount) == told


@given(HEADCOUNTS, st.data())
def test_no_range_is_narrow_and_none_says_that_everybody_is_an_ally(headcount, data):
    told = safety.cell(data.draw(st.integers(0, headcount)), headcount)
    assert told.high - told.low >= 2
    assert told.low <= headcount - 4
    assert told.low == 0 or told.low >= 5


@given(HEADCOUNTS, st.data())
def test_what_is_told_is_near(headcount, data):
    count = data.draw(st.integers(5, headcount))
    told = safety.cell(count, headcount)
    assert abs(told.value - count) <= 4
    assert 0 < told.value <= headcount


def test_where_few_work_or_nobody_knows_how_many_nothing_is_told():
    assert {safety.cell(count, 11).kind for count in range(14)} == {Kind.SMALL}
    assert {safety.cell(count, 0).kind for count in range(14)} == {Kind.UNKNOWN}
    assert {safety.cell(count, 11).value for count in range(14)} == {None}


def test_a_department_of_thirty():
    told = [safety.cell(count, 30) for count in range(33)]
    assert [one.value for one in told] == [None] * 5 + [5] * 3 + [10] * 5 + [15] * 5 + [20] * 5 + [25] * 3 + [28] * 7
    assert {one.kind for one in told[26:]} == {Kind.MOST}


def test_the_smallest_department_that_is_counted():
    assert [safety.cell(count, 12).value for count in range(13)] == [None] * 5 + [5] * 3 + [10] * 5


@given(st.lists(st.integers(0, 4), min_size=3, max_size=12))
def test_in_a_pool_each_can_be_none_and_four(counts):
    others = (len(counts) - 1) * 4  # at most
    sums = range(5, len(counts) * 4 + 1) if safety.pool(counts).is_five else range(5)
    for mine in (0, 4):
        assert any(mine <= whole <= mine + others for whole in sums)


def test_two_that_hide_are_not_told_together():
    assert safety.pool([4, 4]) is None


def test_a_pool_says_five_or_more_and_no_more():
    told = [safety.pool([each, each, each]) for each in range(5)]
    assert [pool.is_five for pool in told] == [False, False, True, True, True]


def test_coverage_is_never_more_than_everybody_and_never_of_nothing():
    found = [safety.coverage(10, 8), safety.coverage(10, 0), safety.coverage(None, 50), safety.coverage(10, 40)]
    assert found == [1.0, None, None, 0.25]


def test_things_are_told_only_where_those_who_did_them_are():
    assert safety.amount(23, safety.cell(6, 40)) == 25
    assert safety.amount(23, safety.cell(4, 40)) is None
