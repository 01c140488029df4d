"""Choosing a book, and marking what one has read."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from clubs.groups.models import Club, Membership
from clubs.reading.models import Book, Reading, Section, SectionRead, Status


class Cut(NamedTuple):
    """A section as it is typed."""

    title: str
    first_page: int | None = None
    last_page: int | None = None


@transaction.atomic
def read_book(*, club: Club, title: str, author: str, sections: Sequence[Cut], **about: Any) -> Reading:
    """The club reads this book from now on; what it read before is finished. A known book keeps its record."""
    locked = Club.objects.select_for_update().get(pk=club.pk)
    book = one_record(title=title, author=author, about=about)
    locked.readings.current().update(status=Status.FINISHED)
    reading = Reading.objects.create(club=locked, book=book)
    Section.objects.bulk_create(
        Section(reading=reading, position=place, **cut._asdict()) for place, cut in enumerate(sections, start=1)
    )
    return reading


def one_record(*, title: str, author: str, about: dict[str, Any]) -> Book:
    """The record that all clubs share, known by title and author or by its ISBN; what it lacks is filled in, what it
    has is kept.
    """
    book = _known(title, author, about.get("isbn", ""))
    if book is None:
        try:
            with transaction.atomic():
                return Book.objects.create(title=title, author=author, **about)
        except IntegrityError:  # another was quicker
            book = _known(title, author, about.get("isbn", ""))
            assert book is not None
    lacking = {name: value for name, value in about.items() if value and not getattr(book, name)}
    for name, value in lacking.items():
        setattr(book, name, value)
    if lacking:
        _fill(book, list(lacking))
    return book


def _known(title: str, author: str, isbn: str) -> Book | None:
    """By its name first: an ISBN is copied from the wrong line more easily than a title."""
    named = Book.objects.filter(title__iexact=title, author__iexact=author).first()
    return named or (Book.objects.filter(isbn=isbn).first() if isbn else None)


def _fill(book: Book, names: list[str]) -> None:
    try:
        with transaction.atomic():
            book.save(update_fields=names)
    except IntegrityError:  # its ISBN is another book's
        book.isbn = ""
        book.save(update_fields=[name for name in names if name != "isbn"])


@transaction.atomic
def mark_read(*, section: Section, membership: Membership) -> None:
    """Marking twice marks once."""
    SectionRead.objects.get_or_create(section=section, membership=membership)


def mark_unread(*, section: Section, membership: Membership) -> None:
    SectionRead.objects.filter(section=section, membership=membership).delete()
