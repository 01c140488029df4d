"""The urn: answers go in as they come, and come out in shuffled batches of ten out of twenty (see `papers`)."""

import json
import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from movement.pulse.models import Pulse
from movement.pulse.papers import Slip, Urn
from movement.pulse.sealing import Seal, Unreadable

logger = logging.getLogger(__name__)
#: Once so many of a sort lie in the urn, so many of them go out.
FULL, DRAWN = 20, 10
#: A slip with 280 of the longest letters, or with five questions, fits into either.
LONG_SLIP, SHORT_SLIP = 1_280, 256
Content = dict[str, Any]
_chance = secrets.SystemRandom()


@dataclass
class Piles:
    """What lies in an urn: ratings and words, each in an order of its own that means nothing."""

    ratings: list[bytes] = field(default_factory=list)
    words: list[bytes] = field(default_factory=list)

    @property
    def all(self) -> tuple[list[bytes], list[bytes]]:
        return self.ratings, self.words


def length_of(pulse: Pulse) -> int:
    """The same for every slip of a pulse, whatever somebody wrote."""
    return LONG_SLIP if pulse.asks_text else SHORT_SLIP


def _written(content: Content, length: int) -> bytes:
    plain = json.dumps(content, ensure_ascii=False).encode()
    if len(plain) > length:
        raise ValueError("This does not fit on a slip.")
    return plain.ljust(length)


def drop(*, pulse: Pulse, ratings: Content, words: Content) -> None:
    """Into the urn, in the caller's transaction, which holds the pulse's row: one at a time.

    Both kinds of slip are put in each time, so that nobody can tell who wrote something.
    """
    length, urn = length_of(pulse), Urn.objects.select_for_update().get(pulse=pulse)
    seal = Seal(urn.key)
    piles = _content(urn, seal, length)
    piles.ratings.append(_written(ratings, length))
    if pulse.asks_text:
        piles.words.append(_written(words, length))
    out: list[bytes] = []
    for pile in piles.all:
        _chance.shuffle(pile)
        if len(pile) >= FULL:
            out += pile[:DRAWN]
            del pile[:DRAWN]
    _chance.shuffle(out)
    Slip.objects.bulk_create(Slip(pulse=pulse, sealed=seal.close(plain)) for plain in out)
    urn.sealed = seal.close(_lump(piles, length))
    urn.save(update_fields=["sealed"])


def _lump(piles: Piles, length: int) -> bytes:
    """How many there are of each, and the slips; always of one length, so that it tells nothing from outside."""
    numbers = bytes([len(piles.ratings), len(piles.words)])
    return (numbers + b"".join([*piles.ratings, *piles.words])).ljust(2 + 2 * FULL * length)


def _content(urn: Urn, seal: Seal, length: int) -> Piles:
    if not urn.sealed:
        return Piles()
    try:
        lump = seal.open(urn.sealed)
    except Unreadable:
        logger.error("The urn of pulse %s was sealed with another SECRET_KEY: what lay in it is lost", urn.pk)
        return Piles()
    slips = [lump[start : start + length] for start in range(2, 2 + sum(lump[:2]) * length, length)]
    return Piles(slips[: lump[0]], slips[lump[0] :])


def contents(pulse: Pulse) -> Iterator[Content]:
    """Everything that was dropped, in no order; for the count alone, after the close."""
    urn = Urn.objects.get(pulse=pulse)
    seal, lost = Seal(urn.key), 0
    for pile in _content(urn, seal, length_of(pulse)).all:
        yield from map(json.loads, pile)
    for sealed in Slip.objects.filter(pulse=pulse).values_list("sealed", flat=True).iterator(chunk_size=2_000):
        try:
            yield json.loads(seal.open(sealed))
        except Unreadable:
            lost += 1
    if lost:
        logger.error("%s slips of pulse %s were sealed with another SECRET_KEY and are lost", lost, pulse.pk)


def burn(pulse: Pulse) -> None:
    """Slips, urn and key: in the transaction that writes the results."""
    destroy(Slip.objects.filter(pulse=pulse))
    Urn.objects.filter(pulse=pulse).delete()


def destroy(rows: QuerySet[Any]) -> None:
    """One statement, however many: nothing hangs on them, and no one listens for their end."""
    rows._raw_delete(using=rows.db)
