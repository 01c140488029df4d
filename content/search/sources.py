"""Where search looks. Each part of the site registers what it has, and shows only what this visitor may see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from content.search.words import Asked


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One finding: a title and the path of its page, a sentence or two around what matched, and a line of facts.

    They are HTML when `content.search.marking` made them, and escaped otherwise.
    """

    title: str | SafeString
    url: str
    text: str | SafeString = ""
    note: str | SafeString = ""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What there is of one kind: the hits that were wanted, the number of all, and how well the best one matches."""

    kind: str
    hits: list[Hit]
    total: int
    strength: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which hits to give: the first few of each kind, or one page of the kind that was chosen."""

    kind: str = ""
    start: int = 0
    few: int = 5
    a_page: int = 20

    def of(self, kind: str) -> slice:
        if not self.kind:
            return slice(0, self.few)
        return slice(self.start, self.start + self.a_page) if kind == self.kind else slice(0, 0)


@dataclass(frozen=True, kw_only=True)
class Source:
    """`kinds` are the names in addresses, with their labels, in the order in which they are offered (after those of
    sources with a lower `position`). `search` gives what this user (perhaps anonymous) may see of each, best first; a
    kind without a hit may be left out."""

    position: int
    kinds: dict[str, str | Promise]
    search: Callable[[Any, Asked, Wanted], Iterable[Found]] = field(repr=False)


_sources: list[Source] = []


def register(source: Source) -> None:
    """From `AppConfig.ready()`; a kind belongs to one source."""
    taken = {kind for other in _sources for kind in other.kinds}
    if not taken & source.kinds.keys():
        _sources.append(source)


def sources() -> list[Source]:
    return sorted(_sources, key=lambda source: source.position)


def kinds() -> dict[str, str | Promise]:
    return {kind: label for source in sources() for kind, label in source.kinds.items()}
