"""How search finds cards: for allies only, those that this one may see, every word somewhere in the lines."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from content.search.marking import excerpt, marked
from content.search.rows import matching, taken
from content.search.sources import Found, Hit, Source, Wanted, register
from content.search.words import Asked
from movement.permissions import ally_of
from movement.personas.models import PersonaCard


def search(user: User | AnonymousUser, asked: Asked, wanted: Wanted) -> Iterator[Found]:
    if ally_of(user) is None:
        return
    seen = PersonaCard.objects.visible_to(user)
    found = matching(seen, asked, name=["name", "role"], rest=["want", "use", "when", "good"])
    cards, total, strength = taken(found, asked, wanted.of("cards"))
    yield Found(kind="cards", hits=[hit(card, asked) for card in cards], total=total, strength=strength)


def hit(card: PersonaCard, asked: Asked) -> Hit:
    text = " · ".join(line for line in (card.want, card.use, card.when, card.good) if line)
    return Hit(title=marked(str(card), asked), url=card.get_absolute_url(), text=excerpt(text, asked))


def register_search() -> None:
    register(Source(position=45, kinds={"cards": _("Cards")}, search=search))
