"""The talk about a meeting: its members', looked after by the club's organisers."""

from typing import Any

from clubs.meetings.models import Meeting
from clubs.meetings.wording import NEEDED, with_club
from clubs.permissions import may_talk_in, name_in, why_silent_in
from conversation.hosts import Host, register


def is_seen_by(user: Any, meeting: Meeting) -> bool:
    return Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()


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
            is_private=True,
            title=with_club,
            things=lambda: Meeting.objects.select_related("club").prefetch_related(NEEDED),
        )
    )
