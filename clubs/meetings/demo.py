"""What the demo's meetings came to, a series, and a day that is looked for, from the parsed `clubs.json`."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import product
from typing import Any

from django.conf import settings
from django.utils import timezone

from clubs.groups.models import Club, Membership
from clubs.meetings.afterwards import Attendance, Minutes
from clubs.meetings.dates import DatePoll, Fits, PollTime, TimeAnswer
from clubs.meetings.models import Coming, Meeting, Telling
from clubs.meetings.rhythm import Every
from clubs.meetings.series import arrange_series

Row = dict[str, Any]
#: That many days from today, at this time by the site's clock.
OnTheDay = Callable[[int, str], datetime]
#: How times suit people, in turn.
FITS = (Fits.YES, Fits.IF_NEED_BE, Fits.YES, Fits.NO, Fits.YES)


def keep_what_it_came_to(meeting: Meeting, row: Row) -> None:
    """Notes, and who was there: most of those who said yes."""
    if not meeting.has_begun:
        return
    if "kept" in row:
        Minutes.objects.create(meeting=meeting, **row["kept"])
    came = Membership.objects.filter(
        club=meeting.club_id, ally__rsvps__meeting=meeting, ally__rsvps__coming=Coming.YES
    ).order_by("pk")
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, membership=member, noted_at=meeting.ends_at)
        for place, member in enumerate(came)
        if place % 6 != 4
    )


def add_series(club: Club, row: Row, on_the_day: OnTheDay) -> list[Meeting]:
    series = arrange_series(
        club=club,
        starts_at=on_the_day(row["offset_days"], row["time"]),
        zone=settings.TIME_ZONE,
        every=Every(row["every"]),
        **{name: row[name] for name in ("minutes", "place", "agenda", "title", "skips") if name in row},
    )
    series.meetings.update(to_tell=Telling.NOTHING, invited_at=timezone.now())
    return list(series.meetings.order_by("planned_at"))


def look_for_a_day(club: Club, row: Row, members: Sequence[Membership], on_the_day: OnTheDay) -> None:
    poll = DatePoll.objects.create(
        club=club, zone=settings.TIME_ZONE, is_told=True, title=row["title"], place=row["place"]
    )
    times = PollTime.objects.bulk_create(
        PollTime(poll=poll, starts_at=on_the_day(day, hour)) for day, hour in product(row["offset_days"], row["hours"])
    )
    TimeAnswer.objects.bulk_create(
        TimeAnswer(time=time, membership=member, fits=FITS[(place * 2 + turn * 3) % len(FITS)])
        for place, member in enumerate(members[:-2])
        for turn, time in enumerate(times)
    )
