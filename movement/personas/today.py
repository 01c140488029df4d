"""Cards on Today: the latest of one's own, and a newcomer's step to the first."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally
from movement.today import Card, Step, register, register_step

SHOWN = 5


def your_cards(ally: Ally) -> dict[str, Any]:
    return {"cards": list(ally.cards.select_related("owner").newest_first()[:SHOWN])}


def register_personas() -> None:
    register(Card(name="cards", template="movement/personas/today_cards.html", gather=your_cards, position=50))
    register_step(
        Step(
            name="first-card",
            position=50,
            meta=_("Four lines"),
            title=_("Write the card for one person you serve."),
            text=_(
                "Their name, what they do, what they want from you, and what for. Only you see it, unless you share it."
            ),
            url=reverse_lazy("movement:new_persona"),
            label=_("Write a card"),
            done=lambda ally: ally.cards.exists(),
        )
    )
