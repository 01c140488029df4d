"""The pictures of several bodies fetched together, with their sizes: two questions, however many there are."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import prefetch_related_objects

from content.images import Picture

#: By number, while `pictures_of` is entered; the blocks of a body ask here first.
at_hand: ContextVar[Mapping[int, Picture]] = ContextVar("pictures at hand", default={})  # noqa: B039  (never written)
WHERE = {"picture": "image", "embed": "still"}


@contextmanager
def pictures_of(bodies: Iterable[Any], *, beside: Iterable[Picture | None] = ()) -> Iterator[None]:
    """Read the bodies inside. Pictures that stand `beside` them (covers, portraits) get their sizes by the same way."""
    numbers = {number for body in bodies for number in numbers_in(body)}
    found = Picture.objects.in_bulk(numbers) if numbers else {}
    prefetch_related_objects([*found.values(), *(one for one in beside if one)], "renditions")
    token = at_hand.set(found)
    try:
        yield
    finally:
        at_hand.reset(token)


def numbers_in(body: Any) -> Iterator[int]:
    for block in body.raw_data:
        number = block["value"].get(WHERE[block["type"]]) if block["type"] in WHERE else None
        if number:
            yield number
