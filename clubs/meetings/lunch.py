"""Lunch-hour mode: six meetings of 45 minutes in which a group reads the primer together, set with one press."""

from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.groups.models import Access, Club, TimeOfDay
from clubs.groups.services import found_club
from clubs.meetings.models import Meeting, Series
from clubs.meetings.rhythm import Every
from clubs.meetings.series import arrange_series
from content.pages.primer import ChapterPage, PrimerPage, chapters_of
from movement.allies.models import Ally
from postbox import links

MINUTES, SITTINGS, NOON = 45, 6, time(12, 15)
TUESDAY, AT_LEAST = 1, timedelta(days=5)
#: Whoever presses twice means one group.
ONE_PRESS = timedelta(minutes=10)


class Sitting(NamedTuple):
    title: str
    agenda: str
    questions: str


class AlreadyReading(Exception):
    """The group has these meetings before it."""


@transaction.atomic
def found_lunch_club(*, organiser: Ally) -> Club:
    """An open group of its own for the primer, with its six meetings. A second press gives the same group."""
    name = _("Read the primer together")
    lately = {"created_at__gt": timezone.now() - ONE_PRESS, "memberships__is_organiser": True}
    before = Club.objects.filter(name=name, memberships__ally=organiser, **lately).first()
    if before is not None:
        return before
    purpose = _("Six lunches, four short chapters, and something small to try after each. Nobody has to prepare.")
    club = found_club(organiser=organiser, name=name, purpose=purpose, access=Access.OPEN)
    Club.objects.filter(pk=club.pk).update(time_of_day=TimeOfDay.LUNCH)
    read_primer(club=club)
    return club


@transaction.atomic
def read_primer(*, club: Club) -> Series:
    """Six Tuesdays at a quarter past twelve, by the clocks of whoever sets them. Raises AlreadyReading."""
    Club.objects.select_for_update().get(pk=club.pk)
    sittings = the_six()
    if club.meetings.upcoming().filter(title=sittings[-1].title).exists():
        raise AlreadyReading
    zone = timezone.get_current_timezone_name()
    first = first_tuesday(timezone.now(), zone)
    last_day = first.date() + timedelta(weeks=SITTINGS - 1)
    series = arrange_series(club=club, starts_at=first, zone=zone, every=Every.WEEK, until=last_day, minutes=MINUTES)
    meetings = list(series.meetings.order_by("planned_at"))
    for meeting, sitting in zip(meetings, sittings, strict=True):
        meeting.title, meeting.agenda, meeting.questions = sitting
    Meeting.objects.bulk_update(meetings, ["title", "agenda", "questions"])
    return series


def first_tuesday(now: datetime, zone: str) -> datetime:
    """The first that leaves people five days to hear of it."""
    day = now.astimezone(ZoneInfo(zone)).date() + AT_LEAST
    day += timedelta(days=(TUESDAY - day.weekday()) % 7)
    return datetime.combine(day, NOON, tzinfo=ZoneInfo(zone))


def the_six() -> list[Sitting]:
    """The way in, the chapters as they stand in the CMS, and what comes of it."""
    primer = PrimerPage.objects.live().public().first()
    chapters = chapters_of(primer, AnonymousUser())[: SITTINGS - 2] if primer else []
    asked = _questions()
    middle = [_of_chapter(place, chapters, asked) for place in range(SITTINGS - 2)]
    begin = Sitting(
        _("The primer: what is this about?"),
        _("We read the first page aloud, and each says whom they serve. %(address)s")
        % {"address": links.absolute("/primer/")},
        asked[0],
    )
    end = Sitting(
        _("The primer: what we do now"),
        _("What did each of us try? What do we go on with, and who else should sit here?"),
        asked[-1],
    )
    return [begin, *middle, end]


def _of_chapter(place: int, chapters: list[ChapterPage], asked: list[str]) -> Sitting:
    number = place + 1
    if place >= len(chapters):
        title = _("The primer: chapter %(n)s") % {"n": number}
        return Sitting(title, _("We read it together, a page each."), asked[number])
    chapter = chapters[place]
    title = _("The primer: %(title)s") % {"title": chapter.title}
    agenda = _("Chapter %(n)s, read together: %(address)s Then its exercise, side by side.")
    return Sitting(
        title[:120], agenda % {"n": number, "address": links.absolute(chapter.get_url() or "/primer/")}, asked[number]
    )


def _questions() -> list[str]:
    """For each sitting, one a line."""
    return [
        _("Who was last served by you without knowing it?\nWhich word of the definition would you change?"),
        _("What would you say it is, to somebody in the lift?\nWhat would be different here on a Monday morning?"),
        _("Who thinks so too, and has never said it aloud?\nWhom could you ask to lunch?"),
        _("For whom do you do what you do first thing each day?\nWhat do they need it for, and have you asked?"),
        _("What would make you stop?\nWhat did somebody do for you that nobody noticed?"),
        _("What has been easier than you thought?\nWhat shall we have tried a month from now?"),
    ]
