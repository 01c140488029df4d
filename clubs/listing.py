"""The list of groups: found by what they say of themselves, paged by key (name and number), never by offset."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from clubs.finding import somewhere
from clubs.groups.models import Access, Club, ClubQuerySet, Membership
from clubs.groups.queries import own_clubs
from clubs.reading.queries import with_book
from content.search.words import read
from movement.allies.models import Ally, Visibility
from movement.spread.safety import FEWEST

PAGE, NEAR = 20, 2
KEY = "clubs.listing"


@dataclass(frozen=True)
class Listing:
    """`mine` and `near` stand above the first page of what is not filtered."""

    mine: list[Club]
    near: list[Club]
    others: list[Club]
    next_key: str


def listing(*, user: User | AnonymousUser, ally: Ally | None, wish: Mapping[str, Any], after: str) -> Listing:
    """What this person may know of, as wished."""
    seen, own = Club.objects.visible_to(user).with_mix(), own_clubs(ally)
    first = not wish and not after
    mine = with_book(seen.filter(pk__in=own)) if first and own else []
    others = wished(seen if wish else seen.exclude(pk__in=own), wish)
    shown, next_key = page_of(others, after)
    near = with_book(short_of_one(ally, seen.exclude(pk__in=own))[:NEAR]) if first and ally else []
    return Listing(mine, near, shown, next_key)


def wished(clubs: ClubQuerySet, wish: Mapping[str, Any]) -> ClubQuerySet:
    asked = read(wish.get("q", "")).words
    plain = {"topic": "topics__slug", "when": "time_of_day", "language": "language"}
    clubs = clubs.filter(**{field: wish[name] for name, field in plain.items() if name in wish})
    if asked:
        clubs = clubs.filter(reduce(and_, (somewhere(word) for word in asked)))
    if "room" in wish:
        clubs = clubs.alive().with_room().filter(access__in=[Access.OPEN, Access.REQUEST])
    if "mix" in wish:
        mixed = Q(("mix_members__gte", FEWEST), ("mix_departments__gte", int(wish["mix"])))
        clubs = clubs.filter(mixed)
    return clubs


def short_of_one(ally: Ally | None, clubs: ClubQuerySet) -> ClubQuerySet:
    """Clubs near this ally that lack one member: of a topic that a club of theirs has, or with somebody open of their
    division. The latter only where the division has five open allies besides them: it points at nobody.
    """
    if ally is None:
        return clubs.none()
    topics = Club.objects.of(ally).order_by().values("topics")
    near = Q(Exists(Club.topics.through.objects.filter(club=OuterRef("pk"), topic__in=topics)))
    there = _of_division(ally)
    if there is not None and there.count() >= FEWEST:
        near |= Q(Exists(Membership.objects.filter(club=OuterRef("pk"), ally__in=there)))
    takes_them = clubs.alive().filter(access__in=[Access.OPEN, Access.REQUEST]).exclude(kept_out__ally=ally)
    return takes_them.filter(near).one_short()


def _of_division(ally: Ally) -> Any:
    if ally.unit is None:
        return None
    there = Ally.objects.shown_to_allies().filter(visibility=Visibility.OPEN).inside([ally.unit.division.pk])
    return there.exclude(pk=ally.pk)


def page_of(clubs: ClubQuerySet, after: str) -> tuple[list[Club], str]:
    """One page in the order of names, and the key of the next. An unreadable key starts from the beginning."""
    last = _read(after)
    if last:
        clubs = clubs.filter(Q(name__gt=last[0]) | Q(name=last[0], pk__gt=last[1]))
    rows = with_book(clubs.order_by("name", "pk")[: PAGE + 1])
    if len(rows) <= PAGE:
        return rows, ""
    return rows[:PAGE], signing.dumps([rows[PAGE - 1].name, rows[PAGE - 1].pk], salt=KEY)


def _read(key: str) -> tuple[str, int] | None:
    try:
        name, number = signing.loads(key, salt=KEY) if key else ("", 0)
    except (signing.BadSignature, ValueError):
        return None
    return (name, number) if key else None
