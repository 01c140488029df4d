"""Whoever reads a book with me: a reason to meet. Only in one's own clubs; who is in another is told to nobody else."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from clubs.groups.models import Membership
from clubs.reading.models import Reading
from movement.allies.meeting import from_start, register_reason
from movement.allies.models import Ally, Visibility


def reading_with_me(me: Ally, start: int) -> Iterable[tuple[int, str]]:
    readings = Reading.objects.filter(club__memberships__ally=me).select_related("book").order_by("pk")
    books = {reading.club_id: reading.book.title for reading in readings}
    fellows = Membership.objects.shown().filter(club__in=books, ally__visibility=Visibility.OPEN).exclude(ally=me)
    return [
        (number, _("Reads %(book)s with you") % {"book": books[club]})
        for number, club in from_start(fellows, start, "ally", "ally_id", "club_id")
    ]


def register_reading_together() -> None:
    register_reason("reads the same book", position=40, find=reading_with_me)
