"""Cards on Today: the latest of one's own, and a newcomer's step to the first."""

from typing import Any

from django.db.models import Case, Q, When
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from movement.allies.models import Ally
from movement.personas.models import PersonaCard
from movement.personas.ties import Answer, Tie
from movement.today import Card, Step, register, register_step

SHOWN, MOST_WAITING = 5, 50


def your_cards(ally: Ally) -> dict[str, Any]:
    """The latest of one's own, and how many of somebody else's wait for a word: one query for both."""
    waiting = Tie.objects.offered_to(ally.user).filter(answer=Answer.WAITING)
    found = PersonaCard.objects.filter(Q(owner=ally) | Q(pk__in=waiting.values("card"))).select_related("owner")
    theirs_first = Case(When(owner=ally, then=1), default=0)
    others_first = found.order_by(theirs_first, "-changed_at", "-pk")[: SHOWN + MOST_WAITING]
    cards = [card for card in others_first if card.owner_id == ally.pk]
    asking = len(others_first) - len(cards)
    said = ngettext(
        "A card about you asks whether it is right.", "%(count)d cards about you ask whether they are right.", asking
    )
    return {"cards": cards[:SHOWN], "waiting": asking, "in_short": said % {"count": asking} if asking else ""}


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
            done=lambda ally: ally.cards.all(),
        )
    )
