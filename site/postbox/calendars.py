"""Calendars (RFC 5545) as a file: in a mail, to be taken along, or as a feed."""

from collections.abc import Iterable

from django.http import HttpResponse
from icalendar import Calendar, Event


def calendar(events: Iterable[Event], *, name: str, product: str) -> bytes:
    """These events, with the rules of every zone they speak of."""
    whole = Calendar()
    whole.add("prodid", f"-//Groundswell//{product}//EN")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", name)
    for event in events:
        whole.add_component(event)
    whole.add_missing_timezones()
    return whole.to_ical()


def answer(content: bytes, *, file: str) -> HttpResponse:
    """To be kept by nobody on the way."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    response["X-Robots-Tag"] = "noindex"
    return response
