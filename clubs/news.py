"""What the clubs tell by mail: to subscribers, of open groups, what every visitor may see of them; to members, of their
own groups, the meetings to come and the book that was begun."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clubs.groups.models import Club, Membership
from clubs.meetings import wording
from clubs.meetings.models import Meeting
from clubs.reading.models import Reading
from content.subscriptions import sources
from content.subscriptions.sources import News, Offer, Source
from movement.permissions import ally_of
from postbox.digests import sections
from postbox.digests.sections import Due, Item, Section

SOURCE, OWN = "clubs", "own-clubs"
#: So far ahead members hear of a meeting.
AHEAD = timedelta(days=31)


def offered() -> list[Offer]:
    """Open groups: of those alone anybody may know when they meet."""
    return [Offer(key=slug, label=name) for slug, name in Club.objects.open().values_list("slug", "name")]


def public_news(keys: Sequence[str], since: datetime, until: datetime) -> Mapping[str, list[News]]:
    """By slug: books begun in that time, and meetings that were set or moved in it and are still to come."""
    found: dict[str, list[News]] = defaultdict(list)
    clubs = Club.objects.open().filter(slug__in=keys)
    begun = Reading.objects.current().filter(club__in=clubs, started_at__gt=since, started_at__lte=until)
    for reading in begun.select_related("club", "book").order_by("started_at"):
        found[reading.club.slug].append(News(at=reading.started_at, item=of_book(reading)))
    told = Meeting.objects.public().upcoming().filter(club__in=clubs, changed_at__gt=since, changed_at__lte=until)
    for meeting in told.select_related("club").prefetch_related(wording.NEEDED):
        # Its own page is its members': the group's page tells a visitor when it meets.
        item = of_meeting(meeting, url=meeting.club.get_absolute_url())
        found[meeting.club.slug].append(News(at=meeting.changed_at, item=item))
    return found


def of_book(reading: Reading) -> Item:
    words = {"club": reading.club.name, "title": reading.book.title}
    return Item(
        key=f"reading:{reading.pk}",
        title=_("%(club)s reads “%(title)s”") % words,
        url=reading.club.get_absolute_url(),
        text=_("By %(author)s.") % {"author": reading.book.author},
    )


def of_meeting(meeting: Meeting, *, url: str) -> Item:
    at = meeting.starts_at.astimezone(ZoneInfo(meeting.zone or settings.TIME_ZONE))
    place = f", {meeting.place}" if meeting.place else ""
    when = _("%(when)s (%(zone)s)") % {"when": date_format(at, "l j F, H:i"), "zone": meeting.zone}
    return Item(
        key=f"meeting:{meeting.pk}:{meeting.sequence}", title=wording.with_club(meeting), url=url, text=when + place
    )


def own_news(dues: Sequence[Due]) -> Mapping[int, Sequence[Item]]:
    """Of the groups each is a member of, and no others: as `visible_to` gives them, asked for all at once."""
    by_user = {due.user.pk: due for due in dues if due.user is not None}
    if not by_user:
        return {}
    members: dict[int, list[Due]] = defaultdict(list)
    mine = Membership.objects.filter(ally__user__in=by_user, ally__user__is_active=True)
    for club, user in mine.values_list("club", "ally__user"):
        members[club].append(by_user[user])
    until = max(due.until for due in dues)
    found: dict[int, list[Item]] = defaultdict(list)
    coming = Meeting.objects.upcoming(until).filter(club__in=members, starts_at__lte=until + AHEAD)
    for meeting in coming.select_related("club").prefetch_related(wording.NEEDED):
        for due in members[meeting.club_id]:
            found[due.number].append(of_meeting(meeting, url=meeting.get_absolute_url()))
    span = Q(started_at__gt=min(due.since for due in dues), started_at__lte=until)
    for reading in Reading.objects.current().filter(span, club__in=members).select_related("club", "book"):
        for due in members[reading.club_id]:
            if due.since < reading.started_at <= due.until:
                found[due.number].append(of_book(reading))
    return found


def is_ally(user: User) -> bool:
    return ally_of(user) is not None


def register_news() -> None:
    sources.register(
        Source(
            name=SOURCE,
            position=30,
            heading=gettext_lazy("Reading groups you follow"),
            offered=offered,
            news=public_news,
        )
    )
    sections.register(
        Section(
            name=OWN,
            position=20,
            heading=gettext_lazy("Your reading groups"),
            gather=own_news,
            offer=gettext_lazy("Meetings of my reading groups, and the books they begin"),
            offered_to=is_ally,
        )
    )
