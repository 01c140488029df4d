"""How search finds a reading group: by its name, what it is for, and the book on its table."""

from collections.abc import Iterator
from functools import reduce
from operator import and_

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clubs.groups.models import Club
from clubs.reading.models import Reading
from content.search.marking import excerpt, marked
from content.search.rows import ranked, stands_in, taken
from content.search.sources import Found, Hit, Source, Wanted, register
from content.search.words import Asked

IN_BOOK = ("book__title", "book__author")


def search(user: User | AnonymousUser, asked: Asked, wanted: Wanted) -> Iterator[Found]:
    """Each word has to be found somewhere; a private club is found by its members alone."""
    everywhere = reduce(and_, (somewhere(word) for word in asked.words), Q())
    found = ranked(Club.objects.visible_to(user).filter(everywhere), asked, name=["name"])
    clubs, total, strength = taken(found, asked, wanted.of("clubs"))
    hits = [
        Hit(title=marked(club.name, asked), url=club.get_absolute_url(), text=excerpt(club.purpose, asked))
        for club in clubs
    ]
    yield Found(kind="clubs", hits=hits, total=total, strength=strength)


def somewhere(word: str) -> Q:
    on_the_table = Reading.objects.current().filter(club=OuterRef("pk"))
    return stands_in(word, ["name", "purpose"]) | Q(Exists(on_the_table.filter(stands_in(word, IN_BOOK))))


def register_search() -> None:
    register(Source(position=30, kinds={"clubs": _("Reading groups")}, search=search))
