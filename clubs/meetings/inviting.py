"""An invitation to each meeting in good time: to every member who has not answered it yet, once.

A single meeting and the first of a series are told of as they are set (`telling`). The later ones of a series are asked
about one by one, some days before; whoever came into the club after the others were asked is asked an hour later,
about the next one alone, if they have not answered by then. Nobody is nagged: who let three meetings of a series in a
row go by without a word is asked no more, until they answer one of it on the site.
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from clubs.groups.models import Membership
from clubs.meetings import wording
from clubs.meetings.models import Meeting, Rsvp, Telling
from clubs.meetings.rhythm import Every
from clubs.meetings.telling import AT_HAND, MEETING, write

IN_GOOD_TIME, WEEKLY = timedelta(days=10), timedelta(days=6)
#: So long whoever is new has to answer by themselves; and so long they are new.
SETTLING, NEW_FOR = timedelta(hours=1), timedelta(days=10)
ENOUGH, AT_ONCE = 3, 500


def invite(now: datetime | None = None) -> int:
    """For the clock. Returns how many letters were written."""
    moment = now or timezone.now()
    soon = Meeting.objects.standing().filter(invited_at=None, to_tell=Telling.NOTHING, club__archived_at=None)
    soon = soon.filter(starts_at__gt=moment, starts_at__lte=moment + IN_GOOD_TIME)
    due = [one for one in _at_hand(soon) if one.starts_at <= moment + _before(one)]
    return sum(_invite_to(meeting, moment) for meeting in due) + _catch_up(moment)


def _at_hand(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return meetings.select_related(*AT_HAND).prefetch_related(wording.NEEDED)


def _before(meeting: Meeting) -> timedelta:
    """Where one meets every week, not before the last one has been."""
    return WEEKLY if meeting.series and meeting.series.every == Every.WEEK else IN_GOOD_TIME


def _invite_to(meeting: Meeting, now: datetime) -> int:
    members = _to_be_asked(meeting).filter(joined_at__lte=now).select_related("ally__user")
    wrote = sum(write(MEETING, meeting, member, event=_event("next", meeting), what="next") for member in members)
    # Last: cut off in between, it begins anew, and nobody gets a second letter of this name.
    Meeting.objects.filter(pk=meeting.pk, invited_at=None).update(invited_at=now)
    return wrote


def _event(what: str, meeting: Meeting) -> str:
    return f"{what}:{meeting.pk}:{meeting.sequence}:{meeting.starts_at.timestamp():.0f}"


def _to_be_asked(meeting: Meeting) -> QuerySet[Membership]:
    """Those who have not answered, but for those whose silence is an answer."""
    said = Rsvp.objects.filter(meeting=meeting, ally=OuterRef("ally"))
    members = Membership.objects.filter(~Exists(said), club=meeting.club_id, ally__user__is_active=True)
    if meeting.series_id is None:
        return members
    earlier = Meeting.objects.standing().filter(series=meeting.series_id, planned_at__lt=meeting.planned_at)
    asked = earlier.filter(invited_at__isnull=False).order_by("-planned_at").values_list("pk", "invited_at")[:ENOUGH]
    if len(asked) < ENOUGH:
        return members
    spoke = Rsvp.objects.filter(meeting__in=[number for number, _at in asked], ally=OuterRef("ally"))
    return members.filter(Exists(spoke) | Q(joined_at__gt=asked[ENOUGH - 1][1]))


def _catch_up(now: datetime) -> int:
    """Whoever is new hears of the next meeting that the others were told of before."""
    new = Membership.objects.filter(caught_up_at=None, joined_at__lte=now - SETTLING, joined_at__gt=now - NEW_FOR)
    members = list(new.filter(ally__user__is_active=True).select_related("ally__user").order_by("pk")[:AT_ONCE])
    told = Meeting.objects.upcoming(now).filter(club__in={member.club_id for member in members})
    next_ones: dict[int, Meeting] = {}
    for meeting in _at_hand(told.filter(starts_at__gt=now, club__archived_at=None, invited_at__isnull=False)):
        next_ones.setdefault(meeting.club_id, meeting)
    wrote = sum(_tell_of(next_ones.get(member.club_id), member) for member in members)
    Membership.objects.filter(pk__in=[member.pk for member in members]).update(caught_up_at=now)
    return wrote


def _tell_of(meeting: Meeting | None, member: Membership) -> bool:
    if meeting is None or meeting.invited_at is None or meeting.invited_at >= member.joined_at:
        return False
    if Rsvp.objects.filter(meeting=meeting, ally=member.ally_id).exists():
        return False
    return write(MEETING, meeting, member, event=_event("new", meeting), what="new")
