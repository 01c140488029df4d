"""Eight in the morning, wherever and whenever that is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postbox.digests import mornings


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "rhythm", "moment", "due"),
    [
        ("UTC", "weekly", utc(2026, 11, 22, 12), utc(2026, 11, 23, 8)),
        ("UTC", "weekly", utc(2026, 11, 23, 8), utc(2026, 11, 30, 8)),
        ("UTC", "weekly", utc(2026, 11, 23, 7, 59, 59), utc(2026, 11, 23, 8)),
        ("Asia/Kathmandu", "weekly", utc(2026, 11, 22, 12), utc(2026, 11, 23, 2, 15)),
        ("Pacific/Kiritimati", "weekly", utc(2026, 11, 22, 12), utc(2026, 11, 22, 18)),
        ("Pacific/Kiritimati", "weekly", utc(2026, 11, 22, 18), utc(2026, 11, 29, 18)),
        ("America/St_Johns", "weekly", utc(2026, 11, 22, 12), utc(2026, 11, 23, 11, 30)),
        # Clocks go forward on Sunday the 29th of March, back on the 25th of October: eight stays eight.
        ("Europe/Berlin", "weekly", utc(2026, 3, 23, 7), utc(2026, 3, 30, 6)),
        ("Europe/Berlin", "weekly", utc(2026, 10, 19, 6), utc(2026, 10, 26, 7)),
        ("America/St_Johns", "monthly", utc(2026, 3, 1, 12), utc(2026, 4, 1, 10, 30)),
        ("UTC", "monthly", utc(2026, 12, 1, 8), utc(2027, 1, 1, 8)),
        ("Pacific/Kiritimati", "monthly", utc(2026, 12, 31, 17, 59), utc(2026, 12, 31, 18)),
        # Kiritimati left out the last day of 1994, and was a day ahead from then on.
        ("Pacific/Kiritimati", "monthly", utc(1994, 12, 30, 0), utc(1994, 12, 31, 18)),
        ("Pacific/Kiritimati", "monthly", utc(1994, 11, 30, 0), utc(1994, 12, 1, 18)),
    ],
)
def test_the_next_morning(zone, rhythm, moment, due):
    assert mornings.after(moment, rhythm=rhythm, zone=ZoneInfo(zone)) == due


@given(
    moment=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(sorted(zone for zone in available_timezones() if "/" in zone)),
    rhythm=st.sampled_from(["weekly", "monthly"]),
)
def test_the_next_one_is_eight_there_and_becomes_the_latest_when_it_comes(moment, zone, rhythm):
    there = ZoneInfo(zone)
    due = mornings.after(moment, rhythm=rhythm, zone=there)
    local = due.astimezone(there)
    assert (local.hour, local.minute) == (8, 0)
    assert local.weekday() == 0 if rhythm == "weekly" else local.day == 1
    assert mornings.latest(due, rhythm=rhythm, zone=there) == local.date()
    assert mornings.latest(due - timedelta(seconds=1), rhythm=rhythm, zone=there) < local.date()
    assert moment < due <= moment + timedelta(days=8 if rhythm == "weekly" else 32)
