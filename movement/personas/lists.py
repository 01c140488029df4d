"""One's own cards, those with oneself at the other end, and those that others show; newest first, paged by time and
number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.models import User
from content.keys import key_of, read_key
from movement.actions.audiences import with_circles_of
from movement.personas.models import Audience, PersonaCard, PersonaCardQuerySet
from movement.personas.ties import Answer, Tie
from movement.personas.workshops import Workshop

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
    return _page(after, mine.filter(end=end) if end else mine)


def shown_cards(*, viewer: User, after: str = "") -> CardList:
    """Those of other allies that this one may see: what is shown to all, and what to a circle or at a table of theirs.

    Each of the two is read in its own order and no further than a page: asked for both at once, a database sorts every
    card there is.
    """
    tied = Tie.objects.offered_to(viewer).values("card")
    seen = PersonaCard.objects.visible_to(viewer).exclude(owner__user_id=viewer.pk).exclude(pk__in=tied)
    tables = Workshop.objects.visible_to(viewer).values("pk")
    near = with_circles_of(viewer, "owner") | Q(workshop__in=tables)
    return _page(after, shown_to_all(seen), seen.exclude(audience=Audience.ALLIES).filter(near))


def shown_to_all(seen: PersonaCardQuerySet) -> PersonaCardQuerySet:
    return seen.filter(audience=Audience.ALLIES)


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


def _page(after: str, *kinds: PersonaCardQuerySet) -> CardList:
    """The next ones of all these kinds, of which no card is of two."""
    key = read_key(after)
    found = [one for cards in kinds for one in _older(cards, key).at_hand().newest_first()[: PAGE + 1]]
    rows = sorted(found, key=lambda card: (card.changed_at, card.pk), reverse=True)[: PAGE + 1]
    if len(rows) <= PAGE:
        return CardList(cards=rows, next_key="")
    return CardList(cards=rows[:PAGE], next_key=key_of(rows[PAGE - 1].changed_at, rows[PAGE - 1].pk))


def _older(cards: PersonaCardQuerySet, key: tuple[datetime, int] | None) -> PersonaCardQuerySet:
    if key is None:
        return cards
    moment, number = key
    return cards.filter(changed_at__lte=moment).exclude(changed_at=moment, pk__gte=number)  # a range, for the index
