"""The rules that a calendar takes along say what the zone's clocks do, read by another parser."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar, Event

from clubs.meetings.zone_rules import rules_of


def read(zone: str, moments: list[datetime]) -> list[datetime]:
    """Written with the zone's rules, and read by vobject, which knows the zone from them alone."""
    whole = Calendar()
    whole.add_component(rules_of(zone, 2026, 2031))
    for number, moment in enumerate(moments):
        entry = Event()
        entry.add("uid", str(number))
        entry.add("dtstart", moment.astimezone(ZoneInfo(zone)))
        whole.add_component(entry)
    # vobject keeps a zone by its name: another name, another reading.
    text = whole.to_ical().decode().replace(zone, f"Read-{zone.replace('/', '-')}")
    return [one.dtstart.value.astimezone(UTC) for one in vobject.readOne(text).vevent_list]


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Berlin",
        "America/New_York",
        "Australia/Sydney",
        "America/Santiago",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
        "Africa/Lagos",
        "Pacific/Chatham",
        "Europe/Dublin",
    ],
)
def test_every_other_day_of_five_years_is_the_same_instant_again(zone):
    first = datetime(2026, 1, 2, 10, 30, tzinfo=UTC)
    moments = [first + timedelta(days=days) for days in range(0, 5 * 365, 9)]
    assert read(zone, moments) == moments


def test_a_zone_without_a_rule_keeps_its_list_of_days():
    """Morocco's clocks follow the moon."""
    assert b"RDATE" in rules_of("Africa/Casablanca", 2026, 2030).to_ical()
