"""What this floor leaves to the one above it, the postbox: work for later, and telling people.

The postbox fills it from `AppConfig.ready()`; nothing here knows of it.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Errands:
    """`pack` has a parcel (by its number) packed by the worker."""

    pack: Callable[[int], object]


_errands: list[Errands] = []


def take_over(errands: Errands) -> None:
    _errands[:] = [errands]


def pack_later(parcel_id: int) -> None:
    _errands[0].pack(parcel_id)
