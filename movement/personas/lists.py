"""One's own cards, those with oneself at the other end, and those that others show; newest first, paged by time and
number."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from content.keys import key_of, read_key
from movement.personas.models import PersonaCard, PersonaCardQuerySet
from movement.personas.ties import Answer, Tie

PAGE = 24
#: Of those that ask me something, on one page.
MOST_TIED = 50


@dataclass(frozen=True, kw_only=True)
class CardList:
    cards: list[PersonaCard]
    next_key: str


def own_cards(*, viewer: User, after: str = "", end: str = "") -> CardList:
    """Mine, from either end."""
    mine = PersonaCard.objects.visible_to(viewer).filter(owner__user_id=viewer.pk)
    return _page(mine.filter(end=end) if end else mine, after)


def shown_cards(*, viewer: User, after: str = "") -> CardList:
    """Those of other allies that this one may see."""
    tied = Tie.objects.offered_to(viewer).values("card")
    seen = PersonaCard.objects.visible_to(viewer).exclude(owner__user_id=viewer.pk).exclude(pk__in=tied)
    return _page(seen, after)


def tied_cards(*, viewer: User) -> list[PersonaCard]:
    """With this person at the other end, those that wait for their word first."""
    ties = Tie.objects.offered_to(viewer).select_related("card__owner", "card__unit")
    found = sorted(ties.order_by("-asked_at", "-pk")[:MOST_TIED], key=lambda tie: tie.answer != Answer.WAITING)
    return [with_tie(tie.card, tie) for tie in found]


def with_tie(card: PersonaCard, tie: Tie) -> PersonaCard:
    card.tie = tie
    return card


def with_ties(cards: Iterable[PersonaCard], *, viewer: User) -> None:
    """Each of these with its other end, as far as this person is one of the two: one query."""
    by_number = {card.pk: card for card in cards}
    for tie in Tie.objects.visible_to(viewer).filter(card__in=by_number).select_related("ally"):
        with_tie(by_number[tie.card_id], tie)


def _page(cards: PersonaCardQuerySet, after: str) -> CardList:
    key = read_key(after)
    if key:
        cards = cards.filter(Q(changed_at__lt=key[0]) | Q(changed_at=key[0], pk__lt=key[1]))
    rows = list(cards.at_hand().newest_first()[: PAGE + 1])
    if len(rows) <= PAGE:
        return CardList(cards=rows, next_key="")
    return CardList(cards=rows[:PAGE], next_key=key_of(rows[PAGE - 1].changed_at, rows[PAGE - 1].pk))
