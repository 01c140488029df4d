"""A quarter later: what happened? Asked once, on a morning of its writer's; an answer given before settles it."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from movement.decisions.models import Decision
from movement.resolve.coming_back import FURTHEST_EAST, its_morning
from postbox.kinds import Kind
from postbox.services import notify

KIND = "decision-looked-back-on"
#: At once by one job; what is left over is the next one's.
MOST = 500


def ask(now: datetime | None = None) -> int:
    """Every decision whose morning has come, each once; returns how many."""
    moment = now or timezone.now()
    waiting = Decision.objects.to_look_back_on((moment + FURTHEST_EAST).date()).order_by("ask_on", "pk")
    rows = waiting.values_list("pk", "ask_on", "owner__user__timezone")
    due = [number for number, day, zone in rows if its_morning(day, zone, moment)]
    return sum(_ask(number, moment) for number in due[:MOST])


@transaction.atomic
def _ask(number: int, moment: datetime) -> bool:
    """The conditional update lets one clock have it. It asks for columns of its own row only: through a join,
    PostgreSQL would not look again at what another clock has just written."""
    if not Decision.objects.filter(pk=number, asked_at=None, happened="").update(asked_at=moment):
        return False
    decision = Decision.objects.select_related("owner__user").get(pk=number)
    notify(
        kind=KIND,
        user=decision.owner.user,
        event=f"decision:{decision.pk}",
        text=_("A quarter ago you weighed “%(text)s”. What happened?") % {"text": decision.text},
        url=reverse("movement:what_happened", args=[decision.pk]),
    )
    return True


def still_wanted(user: User | None, event: str) -> bool:
    """Asked right before it goes out: it is there, theirs, and nothing is told yet."""
    number = event.rpartition(":")[2]
    return user is not None and Decision.objects.filter(pk=number, owner__user=user, happened="").exists()


LOOKED_BACK = Kind(
    name=KIND,
    label=gettext_lazy("What came of a decision I weighed"),
    still_wanted=still_wanted,
    is_unasked=True,
    digest="notifications",
)
