"""Noting what was done, changing it, taking it back."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from movement.actions.models import Action
from movement.allies.models import Ally

#: A form sent twice within this time was one deed.
SENT_TWICE = timedelta(minutes=1)


@transaction.atomic
def log_action(*, ally: Ally, **said: Any) -> Action:
    """Note it; the same words sent again at once give the action that is there already."""
    lately = ally.actions.filter(created_at__gte=timezone.now() - SENT_TWICE, **said)
    return lately.order_by("pk").first() or Action.objects.create(ally=ally, **said)


@transaction.atomic
def change_action(*, action: Action, **said: Any) -> Action:
    for field, value in said.items():
        setattr(action, field, value)
    action.save(update_fields=list(said))
    return action


@transaction.atomic
def delete_action(*, action: Action) -> None:
    action.delete()
