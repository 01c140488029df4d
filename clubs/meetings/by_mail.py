"""Answering from a mail: the link shows the meeting, a button answers. It works without signing in, for one member."""

from datetime import timedelta
from typing import NamedTuple

from django.urls import reverse

from accounts import tokens
from clubs.groups.models import Membership
from clubs.meetings import wording
from clubs.meetings.models import Meeting
from postbox import links

PURPOSE, MAX_AGE = "meeting-answer", timedelta(days=400)


class Invited(NamedTuple):
    meeting: Meeting
    membership: Membership


def link(meeting: Meeting, membership: Membership) -> str:
    token = tokens.make(PURPOSE, {"meeting": meeting.pk, "member": membership.pk})
    where = {"slug": meeting.club.slug, "id": meeting.pk, "token": token}
    return links.absolute(reverse("clubs:answer_by_mail", kwargs=where))


def invited(token: str, *, id: int) -> Invited | None:
    """Who may answer what; None once they are no member any more. Raises BadToken."""
    subject = tokens.read(PURPOSE, token, max_age=MAX_AGE)
    if subject["meeting"] != id:
        raise tokens.BadToken("wrong")
    member = Membership.objects.select_related("ally__user", "club").filter(pk=subject["member"]).first()
    if member is None or not member.ally.user.is_active or member.club.is_archived:
        return None
    meetings = Meeting.objects.filter(club=member.club_id).select_related("club")
    meeting = meetings.prefetch_related(wording.NEEDED).filter(pk=id).first()
    return Invited(meeting, member) if meeting else None
