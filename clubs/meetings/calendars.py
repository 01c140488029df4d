"""Where calendars come from: one meeting by itself, a personal feed, and what goes along with a mail."""

from collections.abc import Sequence
from email.utils import parseaddr

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import tokens
from accounts.models import User
from clubs.meetings.entries import Guest, calendar
from clubs.meetings.models import CalendarKey, Meeting, Rsvp
from movement.allies.models import Ally
from postbox import calendars, discretion, links
from postbox.letters import Enclosed

PURPOSE = "calendar-feed"


def answer(meetings: Sequence[Meeting], *, name: str, file: str, is_discreet: bool = False) -> HttpResponse:
    return calendars.answer(calendar(meetings, name=name, is_discreet=is_discreet), file=file)


def of_feed(ally: Ally, meetings: Sequence[Meeting]) -> HttpResponse:
    key = getattr(ally, "calendar_key", None)
    is_discreet = bool(key and key.is_discreet)
    file = "calendar.ics" if is_discreet else "reading-groups.ics"
    return answer(meetings, name=feed_name(), file=file, is_discreet=is_discreet)


def with_letter(meeting: Meeting, user: User) -> Enclosed:
    """The meeting as it stands now, to be put into a calendar or taken out of it; discreet where they asked for it."""
    coming = Rsvp.objects.filter(meeting=meeting, ally__user=user).values_list("coming", flat=True).first()
    is_discreet = is_discreet_for(user)
    method = "CANCEL" if meeting.cancelled_at else "REQUEST"
    guest = Guest(
        address=user.email,
        coming=coming or "",
        host=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        host_name=_("Calendar") if is_discreet else meeting.club.name,
    )
    content = calendar([meeting], method=method, is_discreet=is_discreet, guest=guest)
    return Enclosed(name="meeting.ics", content=content, kind="text/calendar", params={"method": method})


def is_discreet_for(user: User) -> bool:
    """A calendar shows what is in the letter to whoever sees the calendar."""
    asked = CalendarKey.objects.filter(ally__user=user, is_discreet=True).exists()
    return asked or discretion.is_discreet(user.email)


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
