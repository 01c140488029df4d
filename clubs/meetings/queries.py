"""The next meeting of a club, of an ally, of everybody; and one meeting as somebody sees it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Prefetch, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from clubs.groups.models import Club, Membership
from clubs.meetings import wording
from clubs.meetings.models import Coming, Meeting, Rsvp
from clubs.meetings.telling import AT_HAND
from clubs.reading.models import Section, SectionRead
from movement.allies.models import Ally


@dataclass(frozen=True)
class Seen:
    """A meeting as one person sees it: with their answer, and by which clock."""

    meeting: Meeting
    coming: str
    note: str
    title: str
    section_ids: frozenset[int]

    @property
    def by_my_clock(self) -> datetime | None:
        """When it begins by the reader's own clock, where that shows something else than the clock on the spot."""
        mine = self.meeting.starts_at.astimezone(timezone.get_current_timezone())
        there = self.meeting.starts_at.astimezone(ZoneInfo(self.meeting.zone))
        return mine if mine.replace(tzinfo=None) != there.replace(tzinfo=None) else None

    @property
    def questions(self) -> list[str]:
        return wording.lines(self.meeting.questions)

    @property
    def answered(self) -> dict[str, str]:
        """For the form: whoever waits has said yes."""
        return {"coming": Coming.YES if self.coming == Coming.WAITING else self.coming, "note": self.note}


def next_of_club(club: Club) -> Meeting | None:
    return club.meetings.upcoming().select_related(*AT_HAND[1:]).prefetch_related(wording.NEEDED).first()


def coming_up(club: Club, *, but: Meeting | None, limit: int = 6) -> list[Meeting]:
    """The meetings after the next one."""
    later = club.meetings.upcoming()
    later = later.exclude(pk=but.pk) if but else later
    return list(later.select_related("club").prefetch_related(wording.NEEDED)[:limit])


def been(club: Club, *, limit: int = 12) -> list[Meeting]:
    """Those that were held, the latest first."""
    held = club.meetings.standing().filter(ends_at__lte=timezone.now()).order_by("-starts_at", "-pk")
    return list(held.select_related("club").prefetch_related(wording.NEEDED)[:limit])


def seen_by(meeting: Meeting, ally: Ally) -> Seen:
    answer = Rsvp.objects.filter(meeting=meeting, ally=ally).values_list("coming", "note").first() or ("", "")
    return as_seen(meeting, *answer)


def as_seen(meeting: Meeting, coming: str, note: str) -> Seen:
    sections = frozenset(section.pk for section in meeting.sections.all())
    return Seen(meeting, coming, note, wording.title(meeting), sections)


def company(meeting: Meeting, *answers: str) -> list[Membership]:
    """Who answered so, of those who show themselves; how many others did is told to nobody."""
    members = Membership.objects.shown().filter(
        club=meeting.club_id, ally__rsvps__meeting=meeting, ally__rsvps__coming__in=answers
    )
    return list(members.longest_first())


def words_to_host(meeting: Meeting) -> list[tuple[Membership, str]]:
    """What those who show themselves said with their answer."""
    noted = dict(Rsvp.objects.filter(meeting=meeting).exclude(note="").values_list("ally", "note"))
    members = Membership.objects.shown().filter(club=meeting.club_id, ally__in=noted).longest_first()
    return [(member, noted[member.ally_id]) for member in members]


def how_far(ally: Ally) -> dict[str, Exists | Subquery]:
    """For `annotate` on sections: whether they have read it, and the last they have read of its book (a position)."""
    read = SectionRead.objects.filter(membership__ally=ally)
    of_the_book = read.filter(section__reading=OuterRef("reading")).order_by("-section__position")
    return {
        "is_read": Exists(read.filter(section=OuterRef("pk"))),
        "read_to": Subquery(of_the_book.values("section__position")[:1]),
    }


def next_of_ally(ally: Ally) -> Seen | None:
    """The next meeting of any of their clubs that they have not said no to, with what they said."""
    mine = Rsvp.objects.filter(ally=ally, meeting=OuterRef("pk"))
    theirs = Meeting.objects.upcoming().filter(club__memberships__ally=ally)
    said, note = (Coalesce(Subquery(mine.values(field)), Value("")) for field in ("coming", "note"))
    standing = theirs.annotate(my_answer=said, my_note=note).exclude(my_answer=Coming.NO)
    sections = Section.objects.select_related("reading__book").annotate(**how_far(ally))
    meeting = standing.select_related("club").prefetch_related(Prefetch("sections", sections)).first()
    return as_seen(meeting, meeting.my_answer, meeting.my_note) if meeting else None


def next_open() -> Meeting | None:
    """The next meeting that anybody may come to."""
    return Meeting.objects.public().upcoming().select_related("club").prefetch_related(wording.NEEDED).first()


def in_calendar(ally: Ally) -> list[Meeting]:
    """What they said yes or perhaps to, cancelled ones with the rest, in clubs they still belong to."""
    answered = Meeting.objects.answered_by(ally, Coming.YES, Coming.MAYBE).filter(club__memberships__ally=ally)
    at_hand = answered.select_related("club", "series").prefetch_related(wording.NEEDED)
    return list(at_hand.order_by("starts_at", "pk"))
