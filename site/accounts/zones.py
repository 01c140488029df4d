"""The time zones a person may choose from: the places of the IANA database, by region."""

from functools import cache
from zoneinfo import available_timezones

REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def choices() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """For a select: UTC, then one group a region. The value is the zone's name."""
    names = sorted(available_timezones())
    groups: list[tuple[str, str | list[tuple[str, str]]]] = [("UTC", "UTC")]
    for region in REGIONS:
        inside = [name for name in names if name.startswith(region + "/")]
        groups.append((region, [(name, name.partition("/")[2].replace("_", " ")) for name in inside]))
    return groups


def known(name: str) -> str:
    """The zone of that name as a browser says it, or "" for one we do not offer."""
    return name if name in available_timezones() and ("/" in name or name == "UTC") else ""
