"""Meetings as iCalendar (RFC 5545): one by one, and as a personal feed."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts import tokens
from clubs.meetings import wording
from clubs.meetings.models import CalendarKey, Meeting
from movement.allies.models import Ally
from postbox import links

PURPOSE = "calendar-feed"


def calendar(meetings: Iterable[Meeting], *, name: str) -> bytes:
    """A calendar of these meetings, each in the zone it was arranged in, with the zones' own rules."""
    whole = Calendar()
    whole.add("prodid", "-//Groundswell//Reading groups//EN")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", name)
    for meeting in meetings:
        whole.add_component(event(meeting))
    whole.add_missing_timezones()
    return whole.to_ical()


def event(meeting: Meeting) -> Event:
    """The uid stays for good; the sequence counts what changed since."""
    zone = ZoneInfo(meeting.zone)
    entry = Event()
    entry.add("uid", f"{meeting.uid}@{links.host()}")
    entry.add("sequence", meeting.sequence)
    entry.add("dtstamp", meeting.changed_at)
    entry.add("last-modified", meeting.changed_at)
    entry.add("dtstart", meeting.starts_at.astimezone(zone))
    entry.add("dtend", meeting.ends_at.astimezone(zone))
    entry.add("summary", wording.with_club(meeting))
    entry.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    where = [part for part in (meeting.place, meeting.call_link) if part]
    if where:
        entry.add("location", ", ".join(where))
    address = links.absolute(meeting.get_absolute_url())
    entry.add("description", "\n\n".join(part for part in (meeting.agenda, address) if part))
    entry.add("url", address)
    return entry


def answer(meetings: Iterable[Meeting], *, name: str, file: str) -> HttpResponse:
    """To be kept by nobody on the way."""
    response = HttpResponse(calendar(meetings, name=name), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def feed_address(ally: Ally) -> str:
    nonce = CalendarKey.objects.filter(ally=ally).values_list("nonce", flat=True).first() or ""
    token = tokens.make_lasting(PURPOSE, {"ally": ally.pk, "nonce": nonce})
    return links.absolute(reverse("clubs:feed", kwargs={"token": token}))


def ally_of_feed(token: str) -> Ally | None:
    """Whose feed this is; None when the address is not ours, was replaced, or its ally has left."""
    try:
        subject = tokens.read_lasting(PURPOSE, token)
    except tokens.BadToken:
        return None
    ally = Ally.objects.active().select_related("calendar_key").filter(pk=subject["ally"]).first()
    if ally is None:
        return None
    key = getattr(ally, "calendar_key", None)
    return ally if (key.nonce if key else "") == subject["nonce"] else None


def feed_name() -> str:
    return _("Reading groups")
