"""One small action that would fit an ally now: the floor above chooses it from its catalogue, this one only asks."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date

from movement.allies.models import Ally


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """`name` tells it from others, `why` is half a sentence on why just this one, or empty."""

    name: str
    title: str
    text: str
    why: str = ""


#: Asked with the ally, the day, and the names of what was suggested lately; None when there is nothing (any more).
Suggest = Callable[[Ally, date, Collection[str]], Suggestion | None]
#: The suggestion of that name, if it may still be shown to them.
Find = Callable[[Ally, str], Suggestion | None]


@dataclass
class _Chooser:
    suggest: Suggest | None = field(default=None)
    find: Find | None = field(default=None)
    note_url: Callable[[str], str] | None = field(default=None)


_chooser = _Chooser()


def register(*, suggest: Suggest, find: Find, note_url: Callable[[str], str]) -> None:
    """Once, from `AppConfig.ready()`; `note_url` is where one notes that it is done."""
    _chooser.suggest, _chooser.find, _chooser.note_url = suggest, find, note_url


def suggestion_for(ally: Ally, day: date, *, but: Collection[str] = ()) -> Suggestion | None:
    return _chooser.suggest(ally, day, but) if _chooser.suggest else None


def find(ally: Ally, name: str) -> Suggestion | None:
    return _chooser.find(ally, name) if _chooser.find else None


def note_url(name: str) -> str:
    return _chooser.note_url(name) if _chooser.note_url else "/me/"
