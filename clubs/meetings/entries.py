"""Meetings as iCalendar (RFC 5545), each in the zone that it was arranged in, with the zones' own rules.

A meeting keeps its uid for good, and its sequence counts what changed since. Those of a series share the uid of the
series: one component has the rule and the days left out, and each of the meetings stands beside it under its
RECURRENCE-ID, the day it was planned for, wherever it was moved to since.

What is written of a meeting is the same for all its members, and remembered: a feed of hundreds is made from it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress, vText, vUri
from icalendar.parser import Contentline, Parameters

from clubs.meetings import wording
from clubs.meetings.models import Coming, Meeting, Series
from clubs.meetings.rhythm import at
from clubs.meetings.zone_rules import rules_of
from postbox import links

END = b"END:VCALENDAR\r\n"
PARTSTAT = {Coming.YES: "ACCEPTED", Coming.MAYBE: "TENTATIVE", Coming.NO: "DECLINED"}


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Whom an invitation by mail goes to (RFC 5546): their address, what they answered, and who invites."""

    address: str
    coming: str
    host: str
    host_name: str


class Told(NamedTuple):
    """All that a calendar says of a meeting. The zones stand by name: two equal instants may be told by two clocks."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    zone: str
    is_off: bool
    is_private: bool
    #: Summary, location, description, address.
    words: tuple[str, str, str, str]
    planned_at: datetime | None = None
    planned_zone: str = ""


def calendar(
    meetings: Sequence[Meeting],
    *,
    name: str = "",
    method: str = "PUBLISH",
    is_discreet: bool = False,
    guest: Guest | None = None,
) -> bytes:
    """The meetings need `series`, `club` and wording.NEEDED at hand. `is_discreet`: they say "Meeting" and when."""
    whole = Calendar()
    whole.add("prodid", "-//Calendar//EN" if is_discreet else "-//Groundswell//Reading groups//EN")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", method)
    if name:
        whole.add("x-wr-calname", _("Meetings") if is_discreet else name)
    whole.subcomponents += _zones(meetings)
    told = [tell(meeting, is_discreet=is_discreet) for meeting in meetings]
    if guest:
        # An invitation is to the one meeting; only a whole calendar tells the rule.
        entries = [invite(event(one), guest).to_ical() for one in told]
    else:
        entries = [rule.to_ical() for rule in _rules(meetings, is_discreet=is_discreet)] + [
            written(one) for one in told
        ]
    return whole.to_ical().removesuffix(END) + b"".join(entries) + END


def _zones(meetings: Sequence[Meeting]) -> list[Timezone]:
    """Those in which something of it is told, from its first year to its last and the one after."""
    told = {meeting.zone for meeting in meetings} | {meeting.series.zone for meeting in meetings if meeting.series}
    years = [moment.year for meeting in meetings for moment in (meeting.starts_at, meeting.planned_at) if moment]
    return [rules_of(zone, min(years), max(years) + 1) for zone in sorted(told - {"UTC"})]


def tell(meeting: Meeting, *, is_discreet: bool = False) -> Told:
    series = meeting.series
    return Told(
        uid=series.uid if series else meeting.uid,
        sequence=meeting.sequence,
        changed_at=meeting.changed_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        zone=meeting.zone,
        is_off=meeting.cancelled_at is not None,
        is_private=is_discreet,
        words=(_("Meeting"), "", "", "") if is_discreet else _words(meeting),
        planned_at=meeting.planned_at if series else None,
        planned_zone=series.zone if series else "",
    )


def _words(meeting: Meeting) -> tuple[str, str, str, str]:
    address = links.absolute(meeting.get_absolute_url())
    where = ", ".join(part for part in (meeting.place, meeting.call_link) if part)
    # One entry is for every reader: what could give a section away stands on the page, behind its gate.
    agenda = "" if meeting.sections.all() else meeting.agenda
    said = "\n\n".join(part for part in (meeting.cancelled_why, agenda, address) if part)
    return wording.with_club(meeting), where, said, address


@lru_cache(maxsize=5000)
def written(told: Told) -> bytes:
    """What `event` says, byte for byte (a test lays them side by side), in a fraction of the time: of the lines of
    hundreds of meetings only the words, which are escaped and folded, are the library's to write.
    """
    summary, location, description, address = told.words
    lines = [
        _worded("SUMMARY", vText(summary)),
        f"DTSTART{_at(told.starts_at, told.zone)}",
        f"DTEND{_at(told.ends_at, told.zone)}",
        f"DTSTAMP{_at(told.changed_at, 'UTC')}",
        f"UID:{told.uid}",
        f"RECURRENCE-ID{_at(told.planned_at, told.planned_zone)}" if told.planned_at else "",
        f"SEQUENCE:{told.sequence}",
        "CLASS:PRIVATE" if told.is_private else "",
        _worded("DESCRIPTION", vText(description)),
        _worded("LOCATION", vText(location)),
        f"STATUS:{'CANCELLED' if told.is_off else 'CONFIRMED'}",
        _worded("URL", vUri(address)),
    ]
    return "\r\n".join(["BEGIN:VEVENT", *filter(None, lines), "END:VEVENT", ""]).encode()


def _worded(name: str, value: vText | vUri) -> str:
    return Contentline.from_parts(name, Parameters(), value).to_ical().decode() if value else ""


def _at(moment: datetime, zone: str) -> str:
    named = _named(zone)
    if not named:
        return f":{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f";TZID={named}:{moment.astimezone(ZoneInfo(zone)):%Y%m%dT%H%M%S}"


@lru_cache(maxsize=1000)
def _named(zone: str) -> str:
    """The name under which the library tells times of this zone; none where it tells them as UTC."""
    entry = Event()
    entry.add("dtstart", datetime(2027, 1, 1, tzinfo=ZoneInfo(zone)))
    return str(entry["dtstart"].params.get("TZID", ""))


def event(told: Told) -> Event:
    zone = ZoneInfo(told.zone)
    entry = Event()
    entry.add("uid", told.uid)
    entry.add("sequence", told.sequence)
    entry.add("dtstamp", told.changed_at)
    entry.add("dtstart", told.starts_at.astimezone(zone))
    entry.add("dtend", told.ends_at.astimezone(zone))
    entry.add("status", "CANCELLED" if told.is_off else "CONFIRMED")
    if told.planned_at:
        entry.add("recurrence-id", told.planned_at.astimezone(ZoneInfo(told.planned_zone)))
    if told.is_private:
        entry.add("class", "PRIVATE")
    for name, value in zip(("summary", "location", "description", "url"), told.words, strict=True):
        if value:
            entry.add(name, value)
    return entry


def _rules(meetings: Sequence[Meeting], *, is_discreet: bool) -> list[Event]:
    together: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        if meeting.series_id:
            together[meeting.series_id].append(meeting)
    return [rule_of(some, is_discreet=is_discreet) for some in together.values()]


def rule_of(meetings: Sequence[Meeting], *, is_discreet: bool = False) -> Event:
    """The rule of a series from the first of these meetings to the last, without the days that are not among them."""
    by_plan = sorted(meetings, key=_planned)
    first, last, series = by_plan[0], by_plan[-1], by_plan[0].series
    assert series is not None
    zone = ZoneInfo(series.zone)
    start = _planned(first)
    whole = event(
        tell(first, is_discreet=is_discreet)._replace(
            sequence=max(meeting.sequence for meeting in meetings),
            starts_at=start,
            ends_at=start + timedelta(minutes=series.minutes),
            zone=series.zone,
            is_off=False,
            planned_at=None,
        )
    )
    whole.add("rrule", series.rhythm.recur() | {"until": _planned(last).astimezone(UTC)})
    left_out = _days(series, start, _planned(last)) - {_planned(meeting) for meeting in meetings}
    if left_out:
        whole.add("exdate", [day.astimezone(zone) for day in sorted(left_out)])
    return whole


def _planned(meeting: Meeting) -> datetime:
    assert meeting.planned_at is not None
    return meeting.planned_at


def _days(series: Series, first: datetime, last: datetime) -> set[datetime]:
    found = set()
    for day in series.rhythm.days():
        planned = at(day, series.time, series.zone).astimezone(UTC)
        if planned > last:
            break
        if planned >= first:
            found.add(planned)
    return found


def invite(entry: Event, guest: Guest) -> Event:
    host = vCalAddress(f"mailto:{guest.host}")
    host.params["CN"] = guest.host_name
    entry.add("organizer", host)
    them = vCalAddress(f"mailto:{guest.address}")
    them.params["PARTSTAT"] = PARTSTAT.get(Coming(guest.coming), "NEEDS-ACTION") if guest.coming else "NEEDS-ACTION"
    # Answers by mail would reach nobody: the letter has a link for them.
    them.params["RSVP"] = "FALSE"
    entry.add("attendee", them)
    return entry
