"""Taking part in lunches, leaving, and saying whether one has met."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from movement.allies.models import Ally
from movement.lunch.models import LunchWish, Met, Seat


class NobodyToShow(Exception):
    """A quiet ally appears under no name: whoever sits opposite would not know whom they meet."""


@transaction.atomic
def take_part(
    *, ally: Ally, rhythm: int, days: Collection[str], reach: str, paused_until: date | None = None
) -> LunchWish:
    """From the next round on, as they appear now. Raises NobodyToShow."""
    if ally.shown_name is None:
        raise NobodyToShow
    chosen = {"rhythm": rhythm, "days": "".join(sorted(days)), "reach": reach, "paused_until": paused_until}
    wish, _new = LunchWish.objects.update_or_create(ally=ally, defaults=chosen | {"saved_at": timezone.now()})
    return wish


@transaction.atomic
def leave(*, ally: Ally) -> None:
    """No more rounds. What has been stays among one's own past lunches."""
    LunchWish.objects.filter(ally=ally).delete()


@transaction.atomic
def say(*, seat: Seat, met: Met) -> None:
    Seat.objects.filter(pk=seat.pk).update(met=met)
