"""How search finds a reading group: by its name, what it is for, and the book on its table."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clubs.groups.models import Club
from clubs.reading.models import Status
from content.search.sources import Hit, Source, register

MOST_WORDS = 6


def search(user: User | AnonymousUser, query: str, limit: int) -> list[Hit]:
    """Each word has to be found somewhere; a private club is found by its members alone."""
    found = Club.objects.visible_to(user)
    words = query.replace("\x00", "").split()[:MOST_WORDS]
    if not words:
        return []
    for word in words:
        book = Q(readings__status=Status.READING)
        in_book = book & (Q(readings__book__title__icontains=word) | Q(readings__book__author__icontains=word))
        found = found.filter(Q(name__icontains=word) | Q(purpose__icontains=word) | in_book)
    return [Hit(title=club.name, url=club.get_absolute_url(), text=club.purpose) for club in found.distinct()[:limit]]


def register_search() -> None:
    register(Source(name="clubs", label=_("Reading groups"), search=search))
