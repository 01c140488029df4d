"""Where a small action came from, or whom it was for: a meeting, a chapter, a card, an ally. Each part registers its
own; this floor knows none."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from movement.allies.models import Ally

LONGEST_NUMBER = 18


@dataclass(frozen=True, kw_only=True)
class Place:
    """One thing that actions come from. `said` stands on its link: "After a meeting of The Thursday Table". `name` is
    what it is called where an action was for it. An empty `url` leads nowhere any more.
    """

    number: int
    said: str
    url: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """`name` is its parameter in `/actions/log/?name=number`. `seen` gives those of these numbers that this person may
    see, and nothing of the others: one query for a page of them.

    What actions can be for has two more. `offered`: names that the form puts forward to this ally, a few dozen at most.
    `called`: what this person may see under this name, one query; two are as good as all. `is_nobody` says that it
    points at no person: that an action was for it is told beside a note without a name as well.
    """

    name: str
    seen: Callable[[Any, Collection[int]], Iterable[Place]]
    offered: Callable[[Ally], Iterable[str]] | None = None
    called: Callable[[Any, str], Iterable[Place]] | None = None
    is_nobody: bool = False


_origins: dict[str, Origin] = {}


def register(origin: Origin) -> None:
    if origin.name in _origins:
        raise ValueError(f"Actions come from {origin.name} already.")
    _origins[origin.name] = origin


def known() -> list[Origin]:
    return list(_origins.values())


def is_nobody(name: str) -> bool:
    return name in _origins and _origins[name].is_nobody


def asked_for(given: Mapping[str, str]) -> str:
    """ "meeting:12" of a page's parameters; "" for none."""
    return next((f"{name}:{given[name][:LONGEST_NUMBER]}" for name in _origins if given.get(name)), "")


def find(viewer: Any, text: str) -> tuple[str, Place] | None:
    """What "meeting:12" names, if this person may see it."""
    name, _colon, number = text.partition(":")
    if name not in _origins or not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return None
    return next(((name, place) for place in _origins[name].seen(viewer, [int(number)])), None)


def places(viewer: Any, wanted: Iterable[tuple[str, int]]) -> Mapping[tuple[str, int], Place]:
    """Those of these that the viewer may see; one query for each origin among them."""
    numbers: dict[str, set[int]] = {}
    for name, number in wanted:
        if name in _origins:
            numbers.setdefault(name, set()).add(number)
    return {
        (name, place.number): place for name, some in numbers.items() for place in _origins[name].seen(viewer, some)
    }
