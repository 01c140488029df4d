"""Writing a card, changing a line, throwing it away."""

from typing import Any

from django.db import transaction

from movement.allies.models import Ally
from movement.personas.models import PersonaCard


@transaction.atomic
def write_card(*, owner: Ally, **lines: Any) -> PersonaCard:
    return PersonaCard.objects.create(owner=owner, **lines)


@transaction.atomic
def change_card(*, card: PersonaCard, **lines: Any) -> PersonaCard:
    for field, value in lines.items():
        setattr(card, field, value)
    card.save(update_fields=[*lines, "changed_at"])
    return card


@transaction.atomic
def delete_card(*, card: PersonaCard) -> None:
    card.delete()
