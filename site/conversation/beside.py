"""What higher floors put beside a comment: each registers a template, and what it needs for a whole page at once."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: (user, comments of a page) → by the number of a comment, what its template finds as `beside`. One query a page.
Gather = Callable[[Any, Sequence[Any]], Mapping[int, Mapping[str, Any]]]


@dataclass(frozen=True, kw_only=True)
class Beside:
    template: str
    gather: Gather


@dataclass(frozen=True)
class Piece:
    template: str
    context: Mapping[str, Any]


_registered: list[Beside] = []


def register(beside: Beside) -> None:
    """From `AppConfig.ready()`."""
    _registered.append(beside)


def pieces(user: Any, comments: Sequence[Any]) -> Mapping[int, list[Piece]]:
    found: dict[int, list[Piece]] = defaultdict(list)
    if comments:
        for one in _registered:
            for number, context in one.gather(user, comments).items():
                found[number].append(Piece(one.template, context))
    return found
