"""A letter before a meeting, to those who said yes or perhaps, at the times that each of them has chosen."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clubs.groups.models import Membership
from clubs.meetings import wording
from clubs.meetings.models import Coming, Meeting, ReminderWish, Rsvp
from clubs.meetings.own import When
from clubs.meetings.telling import AT_HAND, about, enclosed
from postbox import unsubscribing
from postbox.kinds import Kind
from postbox.models import Dispatch, How
from postbox.services import preference_of, send_mail

KIND = "meeting-reminder"
#: The evening before a meeting that begins at midnight is the farthest.
AHEAD = timedelta(hours=31)
SIX = time(18)
USUAL = [When.DAY.value]


def remind(now: datetime | None = None) -> int:
    """Write to whoever comes, once for each time they chose; to a late answer as well. Returns how many letters."""
    moment = now or timezone.now()
    soon = Meeting.objects.standing().filter(starts_at__gt=moment, starts_at__lte=moment + AHEAD)
    meetings = list(soon.select_related(*AT_HAND).prefetch_related(wording.NEEDED))
    wishes = dict(ReminderWish.objects.filter(ally__rsvps__meeting__in=meetings).values_list("ally", "times"))
    return sum(_remind_of(meeting, wishes, moment) for meeting in meetings)


def _remind_of(meeting: Meeting, wishes: dict[int, list[str]], now: datetime) -> int:
    events = [event_of(meeting, when) for when in When]
    done = set(Dispatch.objects.filter(kind=KIND, event__in=events).values_list("event", "user"))
    written = 0
    for rsvp in expected(meeting):
        when = due(meeting.starts_at, wishes.get(rsvp.ally_id, USUAL), _zone_of(rsvp.ally.user), now)
        if when and (event_of(meeting, when), rsvp.ally.user_id) not in done:
            written += _write(meeting, rsvp, event_of(meeting, when))
    return written


def due(starts_at: datetime, wanted: Iterable[str], zone: ZoneInfo, now: datetime) -> str | None:
    """The last of the chosen times that has come; whoever answers late has missed the others."""
    come = [(moment, when) for when in wanted if (moment := time_of(when, starts_at, zone)) <= now]
    return max(come)[1] if come else None


def time_of(when: str, starts_at: datetime, zone: ZoneInfo) -> datetime:
    if when == When.EVENING:
        before = starts_at.astimezone(zone).date() - timedelta(days=1)
        return datetime.combine(before, SIX, tzinfo=zone)
    return starts_at - (timedelta(hours=1) if when == When.HOUR else timedelta(hours=24))


def _zone_of(user: User) -> ZoneInfo:
    return ZoneInfo(user.timezone or settings.TIME_ZONE)


def expected(meeting: Meeting) -> QuerySet[Rsvp]:
    """Answers that still count: yes or perhaps, by members with a login."""
    return Rsvp.objects.select_related("ally__user").filter(
        meeting=meeting,
        coming__in=[Coming.YES, Coming.MAYBE],
        ally__memberships__club=F("meeting__club"),
        ally__user__is_active=True,
    )


def event_of(meeting: Meeting, when: str = When.DAY) -> str:
    """A meeting that is moved is another event: one is reminded of it again."""
    return f"meeting:{meeting.pk}:{meeting.starts_at.timestamp():.0f}:{when}"


def _write(meeting: Meeting, rsvp: Rsvp, event: str) -> bool:
    user = rsvp.ally.user
    member = Membership.objects.select_related("ally__user").filter(club=meeting.club_id, ally=rsvp.ally_id).first()
    if member is None or preference_of(user, KIND) != How.NOW:
        return False
    letter = send_mail(
        kind=KIND,
        to=user.email,
        event=event,
        template="meeting_reminder",
        context=about(meeting, member),
        user=user,
        unsubscribe_url=unsubscribing.link("notification", user=user.pk, kind=KIND),
    )
    return letter is not None


def still_wanted(user: User | None, event: str) -> bool:
    """Asked again right before it goes out: not called off, not moved, still a member, coming, to be told."""
    if user is None:
        return False
    _what, number, _start, when = event.split(":")
    meeting = Meeting.objects.upcoming().filter(pk=number).first()
    if meeting is None or event_of(meeting, when) != event:
        return False
    wish = ReminderWish.objects.filter(ally__user=user).first()
    return when in (wish.times if wish else USUAL) and expected(meeting).filter(ally__user=user).exists()


REMINDER = Kind(name=KIND, label=_("Before a meeting I come to"), still_wanted=still_wanted, enclosed=enclosed)
