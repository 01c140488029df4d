"""A letter the day before, to those who said yes or perhaps."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clubs.meetings import wording
from clubs.meetings.models import Coming, Meeting, Rsvp
from postbox import links, unsubscribing
from postbox.kinds import Kind
from postbox.models import How
from postbox.services import PREFERENCES, preference_of, send_mail

KIND = "meeting-reminder"
AHEAD = timedelta(hours=24)


def remind(now: datetime | None = None) -> int:
    """Write to whoever comes to a meeting within a day; once each, late answers included. Returns how many letters."""
    moment = now or timezone.now()
    soon = Meeting.objects.standing().filter(starts_at__gt=moment, starts_at__lte=moment + AHEAD)
    meetings = soon.select_related("club").prefetch_related(wording.NEEDED)
    return sum(_write(meeting, rsvp.ally.user) for meeting in meetings for rsvp in expected(meeting))


def expected(meeting: Meeting) -> QuerySet[Rsvp]:
    """Answers that still count: yes or perhaps, by members with a login."""
    return Rsvp.objects.select_related("ally__user").filter(
        meeting=meeting,
        coming__in=[Coming.YES, Coming.MAYBE],
        ally__memberships__club=meeting.club_id,
        ally__user__is_active=True,
    )


def event_of(meeting: Meeting) -> str:
    """A meeting that is moved is another event: one is reminded of it again."""
    return f"meeting:{meeting.pk}:{meeting.sequence}"


def _write(meeting: Meeting, user: User) -> bool:
    if preference_of(user, KIND) != How.NOW:
        return False
    letter = send_mail(
        kind=KIND,
        to=user.email,
        event=event_of(meeting),
        template="meeting_reminder",
        context={
            "meeting": meeting,
            "title": wording.with_club(meeting),
            "url": links.absolute(meeting.get_absolute_url()),
            "manage_url": links.absolute(PREFERENCES),
        },
        user=user,
        unsubscribe_url=unsubscribing.link("notification", user=user.pk, kind=KIND),
    )
    return letter is not None


def still_wanted(user: User | None, event: str) -> bool:
    """Asked again right before it goes out: not called off, not moved, still a member, still coming."""
    if user is None:
        return False
    _what, number, _sequence = event.split(":")
    meeting = Meeting.objects.upcoming().filter(pk=number).first()
    return meeting is not None and event_of(meeting) == event and expected(meeting).filter(ally__user=user).exists()


REMINDER = Kind(name=KIND, label=_("The day before a meeting I come to"), still_wanted=still_wanted)
