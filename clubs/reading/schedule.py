"""When each section is due: spread evenly between two days, typed or dragged into shape, moved, given a free week."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Any, NamedTuple

from django.db import transaction

from clubs.reading.models import Reading, Section
from clubs.reading.reordering import Move, append, insert, move
from clubs.reading.services import Cut
from movement.editing import take_edition

WEEK = timedelta(days=7)


class TooShort(Exception):
    """There are fewer days than sections between the two."""


class OutOfOrder(Exception):
    """What is moved would come before a section that stays where it is."""


class Due(NamedTuple):
    """A section as its organisers typed it."""

    title: str
    first_page: int | None
    last_page: int | None
    due_on: date | None


def evenly(lengths: Sequence[int], first: date, last: date, *, catch_up_after: int | None = None) -> list[date]:
    """A day for each section: the longer one is, the more days it has; the last is due on `last`.

    `lengths` in pages; without any, all are alike. After section `catch_up_after` (from 1) a week stays free. Raises
    TooShort.
    """
    weights = [max(length, 1) for length in lengths] if any(lengths) else [1] * len(lengths)
    is_free = catch_up_after is not None and 0 < catch_up_after < len(lengths)
    days = (last - first - (WEEK if is_free else timedelta())).days
    if days < len(lengths):
        raise TooShort
    # Each has a day at least; what is left over is shared out by length.
    spare, total = days - len(weights), sum(weights)
    due = [place + spare * so_far // total for place, so_far in enumerate(accumulate(weights), start=1)]
    later = [WEEK if is_free and place > (catch_up_after or 0) else timedelta() for place in range(1, len(due) + 1)]
    return [first + timedelta(days=day) + free for day, free in zip(due, later, strict=True)]


@transaction.atomic
def propose(*, reading: Reading, edition: int, first: date, last: date, catch_up_after: int | None = None) -> None:
    """Raises ChangedMeanwhile, TooShort."""
    take_edition(reading, edition)
    sections = list(reading.sections.all())
    lengths = [section.length for section in sections]
    for section, day in zip(sections, evenly(lengths, first, last, catch_up_after=catch_up_after), strict=True):
        section.due_on = day
    Section.objects.bulk_update(sections, ["due_on"])
    Reading.objects.filter(pk=reading.pk).update(catch_up_after=catch_up_after)


@transaction.atomic
def shift(*, reading: Reading, edition: int, days: int, start: int = 1) -> None:
    """All days that are set from section `start` on, by so many, back or forth. Raises ChangedMeanwhile, OutOfOrder."""
    take_edition(reading, edition)
    _move(reading, start, timedelta(days=days))


@transaction.atomic
def catch_up(*, reading: Reading, edition: int, after: int | None) -> None:
    """A free week after this section: what follows is due a week later. None takes it out, and it is sooner again.

    Raises ChangedMeanwhile.
    """
    take_edition(reading, edition)
    former = Reading.objects.values_list("catch_up_after", flat=True).get(pk=reading.pk)
    if former != after:
        if former:
            _move(reading, former + 1, -WEEK, at_most=True)
        if after:
            _move(reading, after + 1, WEEK)
        Reading.objects.filter(pk=reading.pk).update(catch_up_after=after)


def _move(reading: Reading, start: int, by: timedelta, *, at_most: bool = False) -> None:
    """`at_most`: by less where it would otherwise come before what stays. Raises OutOfOrder without."""
    dated = [(section, section.due_on) for section in reading.sections.all() if section.due_on]
    stays = max((due for section, due in dated if section.position < start), default=date.min)
    moved = [(section, due + by) for section, due in dated if section.position >= start]
    if not at_most and any(due < stays for _section, due in moved):
        raise OutOfOrder
    for section, due in moved:
        section.due_on = max(due, stays)
    Section.objects.bulk_update([section for section, _due in moved], ["due_on"])


@transaction.atomic
def reshape(
    *,
    reading: Reading,
    edition: int,
    dues: Mapping[int, Due],
    inserted: Mapping[int, Sequence[Cut]] | None = None,
    more: Sequence[Cut] = (),
    wish: Move | None = None,
) -> None:
    """The sections as they were typed (by their number), new ones behind some of them and at the end, and one of them
    moved. Raises ChangedMeanwhile.
    """
    take_edition(reading, edition)
    sections = list(reading.sections.all())
    for section in sections:
        typed: dict[str, Any] = dues[section.pk]._asdict() if section.pk in dues else {}
        for name, value in typed.items():
            setattr(section, name, value)
    Section.objects.bulk_update(sections, ["title", "first_page", "last_page", "due_on"])
    if wish:
        move(reading, wish)
    insert(reading, inserted or {})
    append(reading, more)
