"""The one mail of a round: who, when, what to talk about, and the hour for one's calendar. Its words are found as it
goes out, so that it names nobody who has left, gone quiet or been kept apart since.
"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from icalendar import Event

from accounts.models import User
from movement.lunch import queries
from movement.lunch.models import LunchWish, Seat
from movement.lunch.queries import Table
from postbox import bulk, calendars, letters, links, unsubscribing
from postbox.bulk import Addressed
from postbox.kinds import Kind
from postbox.letters import Enclosed, Letter
from postbox.models import How, Notification, Preference
from postbox.services import PREFERENCES

KIND = "lunch"
PAGE = "/lunch/"
AT_ONCE = 500


def event_of(seat: Seat) -> str:
    return f"lunch:{seat.pk}"


def tell(seats: Sequence[Seat]) -> None:
    """In the caller's transaction: a notification each, and a mail unless they like it otherwise."""
    if not seats:
        return
    Notification.objects.bulk_create((_notification(seat) for seat in seats), batch_size=AT_ONCE, ignore_conflicts=True)
    otherwise = set(Preference.objects.filter(kind=KIND).exclude(how=How.NOW).values_list("user", flat=True))
    told = [seat for seat in seats if seat.ally.user_id not in otherwise]
    fills = ["unsubscribe_url"]
    mould = bulk.cast(kind=KIND, template="lunch", context={"manage_url": links.absolute(PREFERENCES)}, fills=fills)
    bulk.write(mould=mould, addressed=[_addressed(seat) for seat in told])


def _notification(seat: Seat) -> Notification:
    if seat.lunch_id:
        text, url = _("Somebody is found for a lunch next week."), seat.get_absolute_url()
    else:
        text, url = _("Nobody was found for a lunch next week. You come first the next time."), PAGE
    return Notification(user=seat.ally.user, kind=KIND, event=event_of(seat), text=text, url=url)


def _addressed(seat: Seat) -> Addressed:
    user = seat.ally.user
    return Addressed(to=user.email, event=event_of(seat), user=user, fills={"unsubscribe_url": _stop_url(user)})


def _stop_url(user: User) -> str:
    return unsubscribing.link("notification", user=user.pk, kind=KIND)


def still_wanted(user: User | None, event: str) -> bool:
    """Asked again as it goes out: they have not left, nor come to appear otherwise."""
    if user is None:
        return False
    return LunchWish.objects.standing().filter(ally__user=user, ally__seats=int(event.partition(":")[2])).exists()


def words(event: str) -> Letter | None:
    seat = Seat.objects.select_related("ally__user").filter(pk=int(event.partition(":")[2])).first()
    if seat is None:
        return None
    user = seat.ally.user
    table = queries.one(user, seat.pk)
    if table is not None and not table.others:
        return None
    with timezone.override(ZoneInfo(user.timezone) if user.timezone else timezone.get_default_timezone()):
        context = {
            "table": table,
            "url": links.absolute(seat.get_absolute_url() if table else PAGE),
            "manage_url": links.absolute(PREFERENCES),
            "unsubscribe_url": _stop_url(user),
            "user": user,
        }
        written = letters.write("lunch", context)
    if table is None:
        return written
    file = Enclosed(name="lunch.ics", content=ics(table), kind="text/calendar")
    return Letter(subject=written.subject, text=written.text, html=written.html, enclosed=[file])


def ics(table: Table) -> bytes:
    """The proposed hour by the clock of the one who takes it."""
    return calendars.calendar([_event(table)], name=_("Lunch"), product="Lunch")


def _event(table: Table) -> Event:
    zone = ZoneInfo(table.seat.ally.user.timezone) if table.seat.ally.user.timezone else timezone.get_default_timezone()
    at, address = table.lunch.starts_at.astimezone(zone), links.absolute(table.seat.get_absolute_url())
    said = [f"{other.ally.shown_name}: {other.reach}" for other in table.others]
    entry = Event()
    entry.add("uid", f"lunch-{table.lunch.pk}-{table.seat.pk}@{links.host()}")
    entry.add("dtstamp", table.seat.round.matched_at or timezone.now())
    entry.add("dtstart", at)
    entry.add("dtend", table.ends_at.astimezone(zone))
    entry.add("summary", _("Lunch with %(names)s") % {"names": table.names})
    entry.add("status", "TENTATIVE")
    entry.add("description", "\n\n".join([*said, *map(str, table.starters), address]))
    entry.add("url", address)
    return entry


LUNCH = Kind(
    name=KIND,
    label=gettext_lazy("Who I have lunch with"),
    still_wanted=still_wanted,
    words=words,
    digest="notifications",
)
