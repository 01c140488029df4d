"""Asking a question of the month's figures. The answer is the worker's."""

import json
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts import limits
from movement.allies.models import Ally
from movement.spread.charts import fingerprint
from movement.spread.estimates import Ahead
from movement.spread.what_if.models import OVERDUE, FittedDraws, Scenario

#: Questions nobody has asked before of this month's figures, for each ally.
AN_HOUR = 20
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Asked:
    """`is_new`: the worker has to be told of it, once this transaction is through."""

    scenario: Scenario
    is_new: bool


def of(ahead: Ahead) -> str:
    """By what a question is kept beside its own words: the figures it is asked of, in whatever order a database gives
    them back."""
    return fingerprint(ahead.month, json.dumps(ahead.told, sort_keys=True))


@transaction.atomic
def ask(*, by: Ally, ahead: Ahead, invited: int, accepted: int, new_units: int) -> Asked:
    """The answer that is there, or an open one. Who asks the same at the same moment shares it.

    Raises limits.TooMany: counted is only what nobody has asked before.
    """
    asked = {"of": of(ahead), "invited": invited, "accepted": accepted, "new_units": new_units}
    if found := Scenario.objects.filter(**asked).first():
        return Asked(found, is_new=_is_taken_up_again(found))
    limits.hit("what-if", by.pk, AN_HOUR, timedelta(hours=1))
    scenario, is_new = Scenario.objects.get_or_create(**asked, defaults={"month": ahead.month})
    return Asked(scenario, is_new=is_new)


def _is_taken_up_again(scenario: Scenario) -> bool:
    """A worker was killed over it, or it waits for none: whoever asks first after a while has it done again."""
    now = timezone.now()
    overdue = Scenario.objects.filter(pk=scenario.pk, told__isnull=True, asked_at__lt=now - OVERDUE)
    return overdue.update(asked_at=now) == 1


def sweep() -> int:
    """Forget the answers about figures of a month ago; returns how many."""
    FittedDraws.objects.filter(month__lt=timezone.now().date() - 2 * KEPT).delete()
    return Scenario.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()[0]
