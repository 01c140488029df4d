"""The talk about a meeting: its members', looked after by the club's organisers. It stands on this floor, and not with
the meetings, for it opens with the sections that are on the table there: it could give away what happens in them.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef

from clubs.discussion.models import opened_sections
from clubs.groups.models import Membership
from clubs.meetings.models import Meeting, MeetingQuerySet
from clubs.meetings.wording import NEEDED, with_club
from clubs.permissions import may_talk_in, name_in, why_silent_in
from conversation.hosts import Host, register


def opened_to(user: Any) -> MeetingQuerySet:
    """Those that this person may see and whose sections they have read, or asked to be shown anyway."""
    on_the_table = Meeting.sections.through.objects.filter(meeting=OuterRef("pk"))
    opened = opened_sections(Membership.objects.filter(ally__user=user.pk))
    return Meeting.objects.visible_to(user).filter(~Exists(on_the_table.exclude(section__in=opened)))


def is_seen_by(user: Any, meeting: Meeting) -> bool:
    return opened_to(user).filter(pk=meeting.pk).exists()


def closed_to(user: Any, numbers: Collection[int]) -> set[int]:
    """Whoever looks after a talk may be behind in the book."""
    return set(numbers) - set(opened_to(user).filter(pk__in=numbers).values_list("pk", flat=True))


def looked_after_by(user: Any) -> set[int]:
    """The meetings of the clubs that this person organises."""
    theirs = Meeting.objects.filter(club__memberships__ally__user=user.pk, club__memberships__is_organiser=True)
    return set(theirs.values_list("pk", flat=True))


def register_talk() -> None:
    register(
        Host(
            model=Meeting,
            visible_to=is_seen_by,
            may_write=lambda user, meeting: may_talk_in(meeting.club, user),
            why_closed=lambda user, meeting: why_silent_in(meeting.club, user),
            name_of=lambda user, meeting: name_in(meeting.club, user),
            moderated_by=looked_after_by,
            closed_to=closed_to,
            is_private=True,
            title=with_club,
            things=lambda: Meeting.objects.select_related("club").prefetch_related(NEEDED),
        )
    )
