"""The day a note comes back, or the eighth week away: a mail, once, in its writer’s morning; and Today shows it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from movement.resolve.away import AWAY, away
from movement.resolve.models import SelfNote
from postbox import links, unsubscribing
from postbox.kinds import Kind
from postbox.models import How
from postbox.services import PREFERENCES, preference_of, send_mail

KIND = "note-to-myself"
#: By the clock of the one who wrote it.
HOUR = 8
#: Where a day begins first.
FURTHEST_EAST = timedelta(hours=14)
#: At once by one job; what is left over is the next one's.
MOST = 500


def bring_back(now: datetime | None = None) -> int:
    """Every note whose morning has come, each once; returns how many."""
    moment = now or timezone.now()
    waiting = SelfNote.objects.waiting().due_by((moment + FURTHEST_EAST).date()).order_by("due_on", "pk")
    rows = waiting.values_list("pk", "due_on", "ally__user__timezone")
    due = [number for number, day, zone in rows if its_morning(day, zone, moment)]
    return sum(_bring_back(number, moment) for number in due[:MOST])


def its_morning(day: date, zone: str, moment: datetime) -> bool:
    there = moment.astimezone(ZoneInfo(zone or settings.TIME_ZONE))
    return (there.date(), there.hour) >= (day, HOUR)


def bring_back_to_the_away(now: datetime | None = None) -> int:
    """Every note whose writer has not been here for eight weeks and wanted it then, in their morning; returns how
    many. One written since is not that old."""
    moment = now or timezone.now()
    waiting = SelfNote.objects.waiting().filter(when_away=True, ally__in=away(moment).values("pk"))
    waiting = waiting.filter(written_on__lte=(moment - AWAY).date()).order_by("pk")
    rows = waiting.values_list("pk", "ally__user__timezone")
    due = [(number, there) for number, zone in rows if (there := _day_there(zone, moment))]
    return sum(_bring_back(number, moment, day=day) for number, day in due[:MOST])


def _day_there(zone: str, moment: datetime) -> date | None:
    """The day that it is, from its morning on."""
    there = moment.astimezone(ZoneInfo(zone or settings.TIME_ZONE))
    return there.date() if there.hour >= HOUR else None


@transaction.atomic
def _bring_back(number: int, moment: datetime, *, day: date | None = None) -> bool:
    """The conditional update lets one clock have it; the mail is written in the same transaction. With a `day`, it
    comes on that one instead of its own."""
    # Columns of its own row only: through a join, PostgreSQL would not look again at what another clock has written.
    still = SelfNote.objects.filter(pk=number, came_back_at=None)
    if day is None:
        taken = still.due_by((moment + FURTHEST_EAST).date()).update(came_back_at=moment)
    else:
        taken = still.filter(when_away=True).update(came_back_at=moment, due_on=day)
    if not taken:
        return False
    note = SelfNote.objects.select_related("ally__user").get(pk=number)
    user = note.ally.user
    if preference_of(user, KIND) == How.NOW:
        send_mail(
            kind=KIND,
            to=user.email,
            event=note.event,
            template="note_to_myself",
            context={
                "text": note.text if note.in_mail else "",
                "written_on": note.written_on,
                "url": links.absolute(reverse("movement:note")),
                "manage_url": links.absolute(PREFERENCES),
            },
            user=user,
            unsubscribe_url=unsubscribing.link("notification", user=user.pk, kind=KIND),
        )
    return True


def still_wanted(user: User | None, event: str) -> bool:
    """Asked right before it goes out: the note is still there, not sent on again, and wished for in this shape."""
    return user is not None and any(
        note.event == event for note in SelfNote.objects.visible_to(user).exclude(came_back_at=None)
    )


COMING_BACK = Kind(name=KIND, label=_("My note to myself, when it comes back"), still_wanted=still_wanted)
