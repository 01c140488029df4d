"""The day a note comes back: a mail, once, in the morning of its writer; and Today shows it for a while."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
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


@transaction.atomic
def _bring_back(number: int, moment: datetime) -> bool:
    """The conditional update lets one clock have it; the mail is written in the same transaction."""
    still = SelfNote.objects.waiting().due_by((moment + FURTHEST_EAST).date()).filter(pk=number)
    if not still.update(came_back_at=moment):
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
