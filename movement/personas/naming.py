"""Finding the ally at the other end by the name they show. Whoever is quiet, kept apart or not there at all is not
there, in the same words."""

from django.db.models import Q

from movement.allies.models import Ally, AllyQuerySet, Visibility
from movement.allies.names import skeleton

MOST_KNOWN = 8
SHORTEST = 2


class NobodyOfThatName(Exception):
    """Nobody whom this person could see bears it."""


class SeveralOfThatName(Exception):
    """Their own pages tell them apart."""


def ally_called(name: str, *, viewer: Ally, number: str = "") -> Ally:
    """By the whole name; `number` (the one in the address of their page) tells apart who bears the same. Raises
    NobodyOfThatName, SeveralOfThatName."""
    found = list(_others(viewer).filter(_is_called(name)).order_by("pk")[:50])
    chosen = [ally for ally in found if str(ally.public_id) == number] or found
    if not chosen:
        raise NobodyOfThatName
    if len(chosen) > 1:
        raise SeveralOfThatName
    return chosen[0]


def ally_numbered(number: str, *, viewer: Ally) -> Ally | None:
    """The one whose page has this number, if this person can see it."""
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        return None
    return _others(viewer).filter(public_id=number).first()


def known_names(beginning: str, *, viewer: Ally) -> list[Ally]:
    """A few whose shown name begins like this, for who is typing."""
    key = skeleton(beginning)[:80]
    if len(key) < SHORTEST:
        return []
    begins = Q(visibility=Visibility.OPEN, name_key__startswith=key)
    begins |= Q(visibility=Visibility.ALIAS, alias_key__startswith=key)
    return list(_others(viewer).filter(begins).select_related("unit__parent").order_by("name_key", "pk")[:MOST_KNOWN])


def _is_called(name: str) -> Q:
    key = skeleton(name)
    if not key:
        return Q(pk__in=[])
    return Q(visibility=Visibility.OPEN, name_key=key) | Q(visibility=Visibility.ALIAS, alias_key=key)


def _others(viewer: Ally) -> AllyQuerySet:
    return Ally.objects.visible_to(viewer.user).exclude(pk=viewer.pk)
