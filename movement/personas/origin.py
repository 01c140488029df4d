"""A small action can come from a persona card, or be for the one on it."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _

from movement.actions.origins import Origin, Place, register
from movement.allies.models import Ally
from movement.personas.models import PersonaCard

#: So many of one's own stand ready while one types; any that one may see can be written.
OFFERED = 40


def cards(viewer: Any, numbers: Collection[int]) -> Iterable[Place]:
    return _told(PersonaCard.objects.visible_to(viewer).filter(pk__in=numbers))


def _told(found: Iterable[PersonaCard]) -> Iterable[Place]:
    for card in found:
        said = _("For the one on the card “%(name)s”") % {"name": card.name}
        yield Place(number=card.pk, said=said, url=card.get_absolute_url(), name=str(card))


def cards_called(viewer: Any, text: str) -> Iterable[Place]:
    """By name and role, as the form offers it."""
    name, _comma, role = text.partition(", ")
    return _told(PersonaCard.objects.visible_to(viewer).filter(name__iexact=name, role__iexact=role)[:2])


def own_cards(ally: Ally) -> Iterable[str]:
    return [str(card) for card in PersonaCard.objects.filter(owner=ally).newest_first()[:OFFERED]]


def register_origin() -> None:
    register(Origin(name="card", seen=cards, offered=own_cards, called=cards_called))
