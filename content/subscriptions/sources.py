"""What one can subscribe to besides articles. Higher floors register theirs in `AppConfig.ready()`:

    sources.register(Source(name="clubs", position=60, heading=_("Reading groups"), offered=offered, news=news))

A subscriber is anybody: only what every visitor may see may be offered, and told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise

from postbox.digests.sections import Item


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One thing to follow; `key` stays the same as long as it exists."""

    key: str
    label: str


@dataclass(frozen=True, kw_only=True)
class News:
    """Something that happened to what somebody follows."""

    at: datetime
    item: Item


@dataclass(frozen=True, kw_only=True)
class Source:
    """`news(keys, since, until)` gives by key what happened then, as every visitor may see it now."""

    name: str
    position: int
    heading: str | Promise
    offered: Callable[[], Sequence[Offer]] = field(repr=False)
    news: Callable[[Sequence[str], datetime, datetime], Mapping[str, Sequence[News]]] = field(repr=False)

    @property
    def section(self) -> str:
        """What its part of the digest is called."""
        return f"followed-{self.name}"


_sources: dict[str, Source] = {}
_registered: list[Callable[[Source], None]] = []


def register(source: Source) -> None:
    if source.name in _sources:
        raise ValueError(f"There is a source {source.name} already.")
    _sources[source.name] = source
    for tell in _registered:
        tell(source)


def on_register(tell: Callable[[Source], None]) -> None:
    """The digest makes a section for each, whichever comes first."""
    _registered.append(tell)
    for source in _sources.values():
        tell(source)


def labels() -> dict[tuple[str, str], str]:
    """What is offered now, by source and key."""
    return {(source.name, offer.key): offer.label for source in in_order() for offer in source.offered()}


def in_order() -> list[Source]:
    return sorted(_sources.values(), key=lambda source: source.position)
