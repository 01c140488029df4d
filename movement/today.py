"""Today (`/me/`): the one step to do now, and the cards. Every floor from here up registers in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from movement.allies.models import Ally

Gather = Callable[[Ally], dict[str, Any] | None]
Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Card:
    """One section of Today. What `gather` returns is `card` in the template; None when there is nothing to say."""

    name: str
    template: str
    gather: Gather = field(repr=False)
    position: int
    #: "act" is the one thing to do, once no first step is left; "aside" stands beside it (the next meeting);
    #: "row" stands below.
    place: str = "row"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One of a newcomer's first steps. `done` looks for what it leaves behind; without it, the ally's word counts.

    `url` leads to where the step is taken; "I did it" and "Not for me" are on Today itself. `say` keeps "I did it"
    where `done` looks for it.
    """

    name: str
    position: int
    meta: Text
    title: Text
    text: Text
    url: Text
    label: Text
    done: Callable[[Ally], bool] | None = None
    say: Callable[[Ally], None] | None = None

    @property
    def takes_a_word(self) -> bool:
        return self.done is None or self.say is not None


_cards: dict[str, Card] = {}
_steps: dict[str, Step] = {}


def register(card: Card) -> None:
    _cards[card.name] = card


def cards(place: str | None = None) -> list[Card]:
    found = [card for card in _cards.values() if place in (None, card.place)]
    return sorted(found, key=lambda card: (card.position, card.name))


def register_step(step: Step) -> None:
    _steps[step.name] = step


def steps() -> list[Step]:
    return sorted(_steps.values(), key=lambda step: (step.position, step.name))


def next_step(ally: Ally, put_aside: set[str]) -> Step | None:
    """The first step that is neither done nor put aside: a newcomer sees exactly one."""
    waiting = (step for step in steps() if step.name not in put_aside)
    return next((step for step in waiting if not (step.done and step.done(ally))), None)


def gather(ally: Ally, place: str) -> list[dict[str, Any]]:
    """The cards of one place that have something to say: their template and its context."""
    found = [(card, card.gather(ally)) for card in cards(place)]
    return [{"name": card.name, "template": card.template, "card": said} for card, said in found if said is not None]
