"""Where search looks. Each part of the site registers what it has, and shows only what this visitor may see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One finding: a title, the path of its page, and a sentence or two around what matched."""

    title: str
    url: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    """`search(user, query, limit)` gives the best hits that this user (perhaps anonymous) may see, best first."""

    name: str
    label: str | Promise
    search: Callable[[Any, str, int], Iterable[Hit]] = field(repr=False)


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """From `AppConfig.ready()`, once per name."""
    _sources[source.name] = source


def sources() -> list[Source]:
    return list(_sources.values())
