"""Today (`/me/`): the one step to do now, and the cards. Every floor from here up registers in `AppConfig.ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, Q, QuerySet
from django.utils.functional import Promise

from movement.allies.models import Ally
from movement.allies.steps import StepTaken

MOST_SENTENCES = 2
Gather = Callable[[Ally], dict[str, Any] | None]
Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Card:
    """One section of Today. What `gather` returns is `card` in the template; None when there is nothing to say.

    Its `in_short`, if there is one, stands in the line beside the greeting: a sentence on what waits, never a reproach.
    """

    name: str
    template: str
    gather: Gather = field(repr=False)
    position: int
    #: "act" is the one thing to do, once no first step is left; "below" follows it at once, on a phone as well; "aside"
    #: stands beside them (the next meeting); "row" stands under all of that.
    place: str = "row"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One of a newcomer's first steps. `done` gives the rows that it leaves behind (one is enough); without it, the
    ally's word counts.

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
    done: Callable[[Ally], QuerySet[Any]] | None = None
    say: Callable[[Ally], None] | None = None

    @property
    def takes_a_word(self) -> bool:
        return self.done is None or self.say is not None


_cards: dict[str, Card] = {}
Find = Callable[[Ally], Mapping[str, Any]]
_along: dict[str, Find] = {}
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


def ask_along(name: str, find: Find) -> None:
    """From `AppConfig.ready()`: what a card wants to know is asked in the one query for the steps (`along`). `find`
    gives expressions about an ally; their values are what the card gets."""
    _along[name] = find


def along(ally: Ally, name: str) -> dict[str, Any]:
    """What `find` found of them; asked now where `next_step` has not been."""
    if not hasattr(ally, "asked_along"):
        next_step(ally)
    return {key: ally.asked_along[f"{name}_{key}"] for key in _along[name](ally)}  # type: ignore[attr-defined]


def next_step(ally: Ally) -> Step | None:
    """The first step that is neither done nor put aside: a newcomer sees exactly one. One query for all of them, and
    for what cards ask along."""
    known = steps()
    wanted = {f"{name}_{key}": value for name, find in _along.items() for key, value in find(ally).items()}
    if not known and not wanted:
        return None
    behind = {f"step_{place}": _is_behind(ally, step) for place, step in enumerate(known)}
    answers: dict[str, Any] = dict(Ally.objects.filter(pk=ally.pk).values(**behind, **wanted).get())
    ally.asked_along = {name: answers[name] for name in wanted}  # type: ignore[attr-defined]
    return next((step for place, step in enumerate(known) if not answers[f"step_{place}"]), None)


def _is_behind(ally: Ally, step: Step) -> ExpressionWrapper:
    """Whether it is done, or the ally has said something of it."""
    answered = Q(Exists(StepTaken.objects.filter(ally=ally, name=step.name)))
    either = answered | Q(Exists(step.done(ally))) if step.done else answered
    return ExpressionWrapper(either, output_field=BooleanField())


def gather(ally: Ally, place: str) -> list[dict[str, Any]]:
    """The cards of one place that have something to say: their template and its context."""
    found = [(card, card.gather(ally)) for card in cards(place)]
    return [{"name": card.name, "template": card.template, "card": said} for card, said in found if said is not None]


def in_short(*places: list[dict[str, Any]]) -> list[str]:
    """What the cards say in a sentence each, for the line beside the greeting: two at most, it is no list."""
    said = (card["card"].get("in_short") for cards in places for card in cards)
    return [sentence for sentence in said if sentence][:MOST_SENTENCES]
