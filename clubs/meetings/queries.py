"""The next meeting of a club, of an ally, of everybody."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from clubs.groups.models import Club
from clubs.meetings import wording
from clubs.meetings.models import Coming, Meeting, Rsvp
from movement.allies.models import Ally


@dataclass(frozen=True)
class Seen:
    """A meeting as one person sees it: with their answer, and by which clock."""

    meeting: Meeting
    coming: str
    title: str
    section_ids: frozenset[int]

    @property
    def by_my_clock(self) -> datetime | None:
        """When it begins by the reader's own clock, where that shows something else than the clock on the spot."""
        mine = self.meeting.starts_at.astimezone(timezone.get_current_timezone())
        there = self.meeting.starts_at.astimezone(ZoneInfo(self.meeting.zone))
        return mine if mine.replace(tzinfo=None) != there.replace(tzinfo=None) else None


def next_of_club(club: Club) -> Meeting | None:
    return club.meetings.upcoming().prefetch_related(wording.NEEDED).first()


def seen_by(meeting: Meeting, ally: Ally) -> Seen:
    answer = Rsvp.objects.filter(meeting=meeting, ally=ally).values_list("coming", flat=True).first()
    sections = frozenset(section.pk for section in meeting.sections.all())
    return Seen(meeting, answer or "", wording.title(meeting), sections)


def next_of_ally(ally: Ally) -> Meeting | None:
    """The next meeting of any of their clubs that they have not said no to."""
    theirs = Meeting.objects.upcoming().filter(club__memberships__ally=ally)
    declined = Rsvp.objects.filter(ally=ally, coming=Coming.NO).values("meeting")
    return theirs.exclude(pk__in=declined).select_related("club").prefetch_related(wording.NEEDED).first()


def next_open() -> Meeting | None:
    """The next meeting that anybody may come to."""
    return Meeting.objects.public().upcoming().select_related("club").prefetch_related(wording.NEEDED).first()


def in_calendar(ally: Ally) -> list[Meeting]:
    """What they said yes or perhaps to, cancelled ones with the rest, in clubs they still belong to."""
    answered = Meeting.objects.answered_by(ally, Coming.YES, Coming.MAYBE).filter(club__memberships__ally=ally)
    return list(answered.select_related("club").prefetch_related(wording.NEEDED).order_by("starts_at", "pk"))
