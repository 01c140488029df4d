"""The quick way of writing a meeting says what the library would."""

from datetime import UTC, datetime
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as some

from accounts import zones
from clubs.meetings.entries import Told, event, written

MOMENTS = some.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1), timezones=some.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)
#: What somebody types into a field, with everything that a line of a calendar escapes or folds.
WORDS = some.text(some.sampled_from("abc ;,:\\\n\"^é水🌊'"), max_size=160)
ADDRESSES = some.integers(min_value=1, max_value=10**60).map(lambda n: f"http://groundswell.example/clubs/x/{n}/")
TOLD = some.builds(
    Told,
    uid=some.uuids().map(str),
    sequence=some.integers(min_value=0, max_value=99),
    changed_at=MOMENTS,
    starts_at=MOMENTS,
    ends_at=MOMENTS,
    zone=some.sampled_from(["UTC", "Europe/Berlin", "America/Argentina/ComodRivadavia", "Etc/GMT+5", "Asia/Kolkata"]),
    is_off=some.booleans(),
    is_private=some.booleans(),
    words=some.tuples(WORDS.filter(bool), WORDS, WORDS, some.one_of(some.just(""), ADDRESSES)),
    planned_at=some.one_of(some.none(), MOMENTS),
    planned_zone=some.sampled_from(["UTC", "Europe/London", "America/North_Dakota/New_Salem"]),
)


@given(told=TOLD)
def test_byte_for_byte_what_the_library_writes(told):
    assert written.__wrapped__(told) == event(told).to_ical()


@pytest.mark.parametrize("month", [1, 7])
def test_in_every_zone_that_can_be_chosen(month):
    moment = datetime(2027, month, 5, 9, 30, tzinfo=UTC)
    offered = [code for code, _label in _flat(zones.choices())]
    assert len(offered) > 50
    assert set(offered) <= available_timezones()
    for zone in offered:
        told = Told("uid", 0, moment, moment, moment, zone, False, False, ("Words", "", "", ""), moment, zone)
        assert written.__wrapped__(told) == event(told).to_ical(), zone


def _flat(choices):
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label
