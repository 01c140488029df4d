"""What small actions have to do with clubs: they come of meetings and sections, and can be shown to fellow members. And
what members do there counts as something done."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from clubs.groups.models import Membership
from clubs.meetings.afterwards import Attendance
from clubs.meetings.models import Meeting
from clubs.reading.models import Section, SectionRead
from movement.actions import audiences
from movement.actions.origins import Origin, Place, register
from movement.resolve import doings
from movement.resolve.doings import Doing


def fellows(user: Any) -> QuerySet[Any, Any]:
    """Who sits in a club with this person, themselves included."""
    mine = Membership.objects.filter(ally__user=user.pk).values("club")
    return Membership.objects.filter(club__in=mine).values("ally")


def meetings(viewer: Any, numbers: Collection[int]) -> Iterable[Place]:
    for meeting in Meeting.objects.visible_to(viewer).filter(pk__in=numbers).select_related("club"):
        said = _("After a meeting of %(club)s") % {"club": meeting.club.name}
        yield Place(number=meeting.pk, said=said, url=meeting.get_absolute_url())


def sections(viewer: Any, numbers: Collection[int]) -> Iterable[Place]:
    """Of the books that one's own clubs read."""
    mine = Membership.objects.filter(ally__user=viewer.pk).values("club")
    found = Section.objects.filter(reading__club__in=mine, pk__in=numbers).select_related("reading__club")
    for section in found:
        url = reverse("clubs:talk", kwargs={"slug": section.reading.club.slug, "section_id": section.pk})
        yield Place(number=section.pk, said=_("From reading “%(title)s”") % {"title": section.title}, url=url)


def register_doing() -> None:
    audiences.register(fellows)
    register(Origin(name="meeting", seen=meetings))
    register(Origin(name="section", seen=sections))
    there = Doing(name="meetings", rows=Attendance.objects.all, ally="membership__ally", on="meeting__starts_at")
    doings.register(there)
    doings.register(Doing(name="sections", rows=SectionRead.objects.all, ally="membership__ally", on="at"))
