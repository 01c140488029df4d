"""Who has not been here for eight weeks: neither signed in nor done anything.

Openings of pages are not recorded anywhere, so they do not count; a login lasts two weeks, so whoever reads along signs
in again now and then. That somebody is away is told to nobody: it decides when their own note comes back to them, and
is one of two reasons, not told apart, why an ally may be reminded of them (`resolve.hellos`).
"""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from movement.allies.models import Ally
from movement.resolve.doings import idle_since

AWAY = timedelta(weeks=8)


def away(now: datetime | None = None) -> QuerySet[Ally]:
    since = (now or timezone.now()) - AWAY
    return idle_since(since).filter(Q(user__last_login=None) | Q(user__last_login__lt=since))
