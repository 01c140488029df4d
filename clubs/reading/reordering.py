"""The sections of a reading in another order, and new ones among them.

What belongs to a section goes with it: who has read it, what was said at it, what was shown anyway, the meetings about
it. What belongs to a place stays there: the day by which one has read so far, and the free week. So the days stay in
order, and no gate opens or closes for anybody because something moved.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db.models import F

from clubs.reading.models import Place, Reading, Section, SectionRead
from clubs.reading.services import Cut

#: Out of the way of every position in use, while places are changed: two sections never share one.
ASIDE = 10_000


class Move(NamedTuple):
    """A section by its number, one place up (-1) or down (1)."""

    section: int
    by: int


def move(reading: Reading, wish: Move) -> None:
    """Changes places with its neighbour; at either end nothing happens."""
    sections = list(reading.sections.all())
    at = next((place for place, one in enumerate(sections) if one.pk == wish.section), None)
    if at is None or not 0 <= at + wish.by < len(sections):
        return
    one, other = sections[at], sections[at + wish.by]
    one_place, other_place = (one.position, one.due_on), (other.position, other.due_on)
    _put(one, ASIDE, one.due_on)
    _put(other, *one_place)
    _put(one, *other_place)


def _put(section: Section, position: int, due_on: object) -> None:
    Section.objects.filter(pk=section.pk).update(position=position, due_on=due_on)


def insert(reading: Reading, inserted: Mapping[int, Sequence[Cut]]) -> None:
    """New sections behind these ones (by number), without a day. Nobody has read them, but whoever has said that they
    are on a later page.
    """
    places = {one.pk: one.position for one in reading.sections.all()}
    behind = sorted(((places[number], cuts) for number, cuts in inserted.items() if number in places), reverse=True)
    for place, cuts in behind:  # from the end, so that no place that is still to come moves
        _make_room(reading, place, len(cuts))
        _add(reading, cuts, place + 1)


def append(reading: Reading, cuts: Sequence[Cut]) -> None:
    last = reading.sections.order_by("-position").values_list("position", flat=True).first() or 0
    _add(reading, cuts, last + 1)


def _make_room(reading: Reading, place: int, many: int) -> None:
    """In two steps: a database that looks at each row as it is changed would see two in one place."""
    reading.sections.filter(position__gt=place).update(position=F("position") + ASIDE)
    reading.sections.filter(position__gt=ASIDE).update(position=F("position") - ASIDE + many)
    Reading.objects.filter(pk=reading.pk, catch_up_after__gt=place).update(catch_up_after=F("catch_up_after") + many)


def _add(reading: Reading, cuts: Sequence[Cut], start: int) -> None:
    made = Section.objects.bulk_create(
        Section(reading=reading, position=place, **cut._asdict()) for place, cut in enumerate(cuts, start=start)
    )
    for section in made:
        if section.last_page:
            beyond = Place.objects.filter(reading=reading, page__gte=section.last_page)
            reads = [
                SectionRead(section=section, membership_id=number)
                for number in beyond.values_list("membership", flat=True)
            ]
            SectionRead.objects.bulk_create(reads)
