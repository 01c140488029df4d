"""One's own cards, and those that others show; both newest first, paged by time and number."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from content.keys import key_of, read_key
from movement.personas.models import PersonaCard, PersonaCardQuerySet

PAGE = 24


@dataclass(frozen=True, kw_only=True)
class CardList:
    cards: list[PersonaCard]
    next_key: str


def own_cards(*, viewer: User, after: str = "") -> CardList:
    return _page(PersonaCard.objects.visible_to(viewer).filter(owner__user_id=viewer.pk), after)


def shown_cards(*, viewer: User, after: str = "") -> CardList:
    """Those of other allies that this one may see."""
    return _page(PersonaCard.objects.visible_to(viewer).exclude(owner__user_id=viewer.pk), after)


def _page(cards: PersonaCardQuerySet, after: str) -> CardList:
    key = read_key(after)
    if key:
        cards = cards.filter(Q(changed_at__lt=key[0]) | Q(changed_at=key[0], pk__lt=key[1]))
    rows = list(cards.select_related("owner", "unit").newest_first()[: PAGE + 1])
    if len(rows) <= PAGE:
        return CardList(cards=rows, next_key="")
    return CardList(cards=rows[:PAGE], next_key=key_of(rows[PAGE - 1].changed_at, rows[PAGE - 1].pk))
