"""What members are told of a meeting by mail: it is set, moved or called off, and a seat came free.

Later meetings of a series are asked about one by one (`inviting`). The first three are said by the next round of the
clock (`to_tell`), so that an organiser who puts a slip right within the minute writes one letter and not two. Each is
asked again right before it goes out.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clubs.groups.models import Membership
from clubs.meetings import by_mail, calendars, wording
from clubs.meetings.models import Coming, Meeting, Rsvp, Telling
from clubs.reading.models import SectionRead
from postbox import kinds, links, unsubscribing
from postbox.kinds import Kind
from postbox.letters import Enclosed
from postbox.services import PREFERENCES, send_mail

MEETING, SEAT = "meeting-news", "meeting-seat"
OFF = {Telling.OFF, Telling.ALL_OFF}
#: What is asked, and not told: there is no need of it once they have answered.
ASKED = {"next", "new"}
#: What these letters and calendars need at hand.
AT_HAND = ("club", "series", "host__ally__user")


def tell() -> int:
    """For the clock: write what is still to be told. Returns how many letters; a club that was put away sends none."""
    found = Meeting.objects.exclude(to_tell=Telling.NOTHING)
    found.filter(club__archived_at__isnull=False).update(to_tell=Telling.NOTHING)
    return sum(_tell(meeting) for meeting in found.select_related(*AT_HAND).prefetch_related(wording.NEEDED))


def _tell(meeting: Meeting) -> int:
    event = f"{meeting.to_tell}:{meeting.pk}:{meeting.sequence}:{meeting.starts_at.timestamp():.0f}"
    wrote, now = 0, timezone.now()
    if not meeting.is_over:
        members = concerned(meeting).filter(joined_at__lte=now).select_related("ally__user")
        wrote = sum(write(MEETING, meeting, member, event=event, what=meeting.to_tell) for member in members.iterator())
    done = {"to_tell": Telling.NOTHING, "invited_at": Coalesce("invited_at", Value(now))}
    Meeting.objects.filter(pk=meeting.pk, sequence=meeting.sequence).update(**done)
    return wrote


def concerned(meeting: Meeting) -> QuerySet[Membership]:
    """The members but for those who said no."""
    no = Rsvp.objects.filter(meeting=meeting, ally=OuterRef("ally"), coming=Coming.NO)
    return Membership.objects.filter(~Exists(no), club=meeting.club_id, ally__user__is_active=True)


def of_seat(rsvp: Rsvp) -> None:
    """Once for each time that they waited."""
    member = (
        Membership.objects.select_related("ally__user").filter(club=rsvp.meeting.club_id, ally=rsvp.ally_id).first()
    )
    if member is not None:
        event = f"seat:{rsvp.meeting_id}:{rsvp.pk}:{rsvp.answered_at.timestamp():.6f}"
        write(SEAT, rsvp.meeting, member, event=event, what="seat")


def write(kind: str, meeting: Meeting, member: Membership, *, event: str, what: str) -> bool:
    """One letter of this name to this member; False where it was written before."""
    user = member.ally.user
    context = about(meeting, member) | {"what": what, "is_off": what in OFF}
    letter = send_mail(
        kind=kind,
        to=user.email,
        event=event,
        template="meeting_told",
        context=context,
        user=user,
        unsubscribe_url=unsubscribing.link("notification", user=user.pk, kind=kind),
    )
    return letter is not None


def about(meeting: Meeting, member: Membership) -> dict[str, Any]:
    """What every letter about a meeting knows."""
    return {
        "meeting": meeting,
        "agenda": agenda_for(meeting, member),
        "title": wording.with_club(meeting),
        "rhythm": str(meeting.series.rhythm) if meeting.series else "",
        "url": links.absolute(meeting.get_absolute_url()),
        "answer_url": by_mail.link(meeting, member),
        "by_my_clock": wording.by_clock_of(meeting, member.ally.user),
        "manage_url": links.absolute(PREFERENCES),
    }


def agenda_for(meeting: Meeting, member: Membership) -> str:
    """A letter is not asked whether it may give something away: the agenda stands in it for whoever has read what the
    meeting is about. The others find it behind the gate on the meeting's page.
    """
    sections = {section.pk for section in meeting.sections.all()}
    if not meeting.agenda or not sections:
        return meeting.agenda
    read = SectionRead.objects.filter(membership=member, section__in=sections).count()
    return meeting.agenda if read == len(sections) else ""


def _meeting_of(event: str) -> Meeting | None:
    found = Meeting.objects.select_related(*AT_HAND).prefetch_related(wording.NEEDED)
    return found.filter(pk=event.split(":")[1]).first()


def still_news(user: User | None, event: str) -> bool:
    """It is still true, and they are still concerned."""
    what, _number, _sequence, start = event.split(":")
    meeting = _meeting_of(event)
    if meeting is None or meeting.is_over or f"{meeting.starts_at.timestamp():.0f}" != start:
        return False
    if what in ASKED and Rsvp.objects.filter(meeting=meeting, ally__user=user).exists():
        return False
    is_off = meeting.cancelled_at is not None
    return is_off == (what in OFF) and concerned(meeting).filter(ally__user=user).exists()


def still_seated(user: User | None, event: str) -> bool:
    _what, _meeting, number, _since = event.split(":")
    theirs = Rsvp.objects.filter(
        pk=number, ally__user=user, coming=Coming.YES, ally__memberships__club=F("meeting__club")
    )
    return theirs.filter(meeting__in=Meeting.objects.upcoming().order_by()).exists()


def enclosed(user: User | None, event: str) -> Enclosed | None:
    """The meeting for one's calendar, as it stands when the letter goes out."""
    meeting = _meeting_of(event)
    return calendars.with_letter(meeting, user) if meeting and user else None


def register_kinds() -> None:
    said: Iterable[Kind] = [
        Kind(
            name=MEETING,
            label=_("A meeting of my reading group is set, moved or called off"),
            still_wanted=still_news,
            enclosed=enclosed,
            digest="own-clubs",
        ),
        Kind(name=SEAT, label=_("A seat at a meeting came free for me"), still_wanted=still_seated, enclosed=enclosed),
    ]
    for kind in said:
        kinds.register(kind)
