"""What the movement itself records of doing something, and of doing it together."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from movement.actions.models import Action
from movement.actions.thanks import Thanks
from movement.allies.models import Ally
from movement.definitions.models import Definition
from movement.introductions.models import Introduction, Side, State
from movement.lunch.models import Met, Seat
from movement.personas.models import PersonaCard
from movement.spread.facts import Fact, moments, register

Pairs = Iterable[tuple[int, int]]


def in_time(rows: QuerySet[Any, Any], field: str, first: date, last: date) -> QuerySet[Any, Any]:
    begin, end = moments(first, last)
    return rows.filter(**{f"{field}__gte": begin, f"{field}__lt": end})


def pairs(rows: QuerySet[Any, Any], thing: str, ally: str) -> Pairs:
    return rows.order_by().values_list(thing, ally).iterator(chunk_size=10_000)


def actions(first: date, last: date) -> Pairs:
    return pairs(Action.objects.filter(done_on__range=(first, last)), "pk", "ally_id")


def who_acted(first: date, last: date) -> Pairs:
    """Each once: a million actions are a hundred thousand people at most."""
    rows = Action.objects.filter(done_on__range=(first, last)).order_by().values_list("ally_id", flat=True).distinct()
    return ((0, ally) for ally in rows.iterator(chunk_size=10_000))


def thanks(first: date, last: date) -> Pairs:
    return pairs(in_time(Thanks.objects.all(), "at", first, last), "pk", "ally_id")


def cards(first: date, last: date) -> Pairs:
    return pairs(in_time(PersonaCard.objects.all(), "created_at", first, last), "pk", "owner_id")


def definitions(first: date, last: date) -> Pairs:
    return pairs(in_time(Definition.objects.all(), "written_at", first, last), "pk", "ally_id")


def joined(first: date, last: date) -> Pairs:
    """Joining is the first thing that they do."""
    return pairs(in_time(Ally.objects.all(), "joined_at", first, last), "pk", "pk")


def came_by_invitation(first: date, last: date) -> QuerySet[Any, Any]:
    return in_time(Ally.objects.filter(invited_by__isnull=False), "joined_at", first, last)


def brought(first: date, last: date) -> Pairs:
    """Whoever brought somebody: on the day that one joined."""
    return pairs(came_by_invitation(first, last), "pk", "invited_by_id")


def brought_together(first: date, last: date) -> Pairs:
    """The two of an invitation: the one who joined stands for both."""
    for joined, by in pairs(came_by_invitation(first, last), "pk", "invited_by_id"):
        yield from ((joined, joined), (joined, by))


def lunches(first: date, last: date) -> Pairs:
    """Seats at a table, unless somebody said that it came to nothing."""
    rows = in_time(Seat.objects.at_a_table().exclude(met=Met.NO), "lunch__starts_at", first, last)
    return pairs(rows, "lunch_id", "ally_id")


def introductions(first: date, last: date) -> Pairs:
    """The two whom an introduction brought together."""
    rows = in_time(Introduction.objects.filter(state=State.AGREED), "settled_at", first, last)
    for one, low, high in rows.order_by().values_list("pk", F("low_id"), F("high_id")).iterator(chunk_size=10_000):
        yield from ((one, low), (one, high))


def answers(first: date, last: date) -> Pairs:
    return pairs(in_time(Side.objects.all(), "answered_at", first, last), "pk", "ally_id")


def register_facts() -> None:
    register(Fact.ACTION, "actions", actions)
    for name, rows in (
        ("actions", who_acted),
        ("answers", answers),
        ("brought", brought),
        ("cards", cards),
        ("definitions", definitions),
        ("joined", joined),
        ("lunches", lunches),
        ("thanks", thanks),
    ):
        register(Fact.DOING, name, rows)
    for name, rows in (("brought", brought_together), ("introductions", introductions), ("lunches", lunches)):
        register(Fact.TOGETHER, name, rows)
