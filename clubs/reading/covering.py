"""The picture of a book's cover: hung up by one group, seen in every group that has the book."""

from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from clubs.groups.models import Club
from clubs.groups.pictures import re_encoded
from clubs.reading.models import Book, BookCover

#: Twice the width it is shown in, for fine screens.
LARGEST = (480, 720)


class HungByOthers(Exception):
    """Another group has hung up a cover: theirs stays."""


@transaction.atomic
def hang_cover(*, book: Book, club: Club, file: IO[bytes]) -> BookCover:
    """The book's cover from now on. Raises HungByOthers, or ValidationError in words for whoever chose the file."""
    content, width, height = re_encoded(file, LARGEST)
    about: dict[str, Any] = {"content": content, "width": width, "height": height, "changed_at": timezone.now()}
    cover, is_new = BookCover.objects.get_or_create(book=book, defaults={"club": club, **about})
    if is_new:
        return cover
    if not BookCover.objects.filter(pk=cover.pk, club=club).update(**about):
        raise HungByOthers
    return cover


def may_hang_cover(book: Book, club: Club) -> bool:
    """One that none has, or one's own. The book was read `with_cover()`."""
    cover = getattr(book, "picture", None)
    return cover is None or cover.club_id == club.pk
