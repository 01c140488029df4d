"""Choosing a book, and marking what one has read."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from clubs.groups.models import Club, Membership
from clubs.reading.models import Book, Reading, Section, SectionRead, Status


class Cut(NamedTuple):
    """A section as it is typed."""

    title: str
    first_page: int
    last_page: int


@transaction.atomic
def read_book(*, club: Club, title: str, author: str, sections: Sequence[Cut], **about: Any) -> Reading:
    """The club reads this book from now on; what it read before is finished. A known book keeps its record."""
    locked = Club.objects.select_for_update().get(pk=club.pk)
    book = _one_record(title=title, author=author, about=about)
    locked.readings.current().update(status=Status.FINISHED)
    reading = Reading.objects.create(club=locked, book=book)
    Section.objects.bulk_create(
        Section(reading=reading, position=place, **cut._asdict()) for place, cut in enumerate(sections, start=1)
    )
    return reading


def _one_record(*, title: str, author: str, about: dict[str, Any]) -> Book:
    """The record that all clubs share; what it lacks is filled in, what it has is kept."""
    same = Book.objects.filter(title__iexact=title, author__iexact=author)
    book = same.first()
    if book is None:
        try:
            with transaction.atomic():
                return Book.objects.create(title=title, author=author, **about)
        except IntegrityError:
            book = same.get()
    lacking = {name: value for name, value in about.items() if value and not getattr(book, name)}
    for name, value in lacking.items():
        setattr(book, name, value)
    if lacking:
        book.save(update_fields=list(lacking))
    return book


@transaction.atomic
def mark_read(*, section: Section, membership: Membership) -> None:
    """Marking twice marks once."""
    SectionRead.objects.get_or_create(section=section, membership=membership)


def mark_unread(*, section: Section, membership: Membership) -> None:
    SectionRead.objects.filter(section=section, membership=membership).delete()
