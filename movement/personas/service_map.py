"""Who serves whom, by unit: what the worker prepared (`mapping`), as the pages read it. Loaded by the web process.

What an edge tells. One card that nobody shows could point at a quiet person, already by its edge. So an edge is there

- if a card draws it that every ally can read, by somebody who openly says where they work: it tells nothing new; or
- if five different people or more have written cards on it, whoever may read those. These are counted as they stood
  when the month began, once a month, so that no day on which the number changes points at anybody.

How many cards an edge has is told to the nearest five, and only where five different people wrote them; what is less
says “fewer than 5”. A sum is taken over what is told, never over what is not. Chains and their ends are found on the
edges that are there, and on nothing else.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.safestring import SafeString, mark_safe

from movement.allies.models import Unit

STRONGEST = 25


class ServiceLink(models.Model):
    """An edge: cards by which `server` serves `served`; None is outside. `cards` is what may be told, None for fewer
    than five."""

    server = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    served = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    cards = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = "link of the service map", "links of the service map"
        indexes = [models.Index(fields=["-cards", "id"], name="strongest_links")]

    def __str__(self) -> str:
        return f"{self.server_id} → {self.served_id}"


class ServiceMap(models.Model):
    """One row. `counted` is what may be told of all cards as the month began, for the worker; `told` what the page
    says of the whole map."""

    month = models.DateField()
    counted = models.JSONField()
    told = models.JSONField()
    svg = models.TextField()
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name, verbose_name_plural = "service map", "service maps"

    def __str__(self) -> str:
        return f"{self.month:%B %Y}"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A unit among the others. `gives` and `gets` are sums of what may be told."""

    unit: Unit
    serves: int
    served_by: int
    gives: int
    gets: int
    is_within: bool


@dataclass(frozen=True, kw_only=True)
class Picture:
    svg: SafeString
    #: By name, in the order of the picture: whom they serve.
    chain: list[dict[str, Any]]
    is_by_division: bool


@dataclass(frozen=True, kw_only=True)
class Whole:
    rows: list[Row]
    strongest: list[ServiceLink]
    unnamed: list[Unit]
    unserved: list[Unit]
    dead_ends: list[Unit]
    without_way_out: list[Unit]
    reaches_outside: bool
    picture: Picture
    made_at: Any


def whole_map() -> Whole | None:
    """Three queries, whatever the number of cards and units; None before the worker has prepared it."""
    made = ServiceMap.objects.defer("counted").first()
    if made is None:
        return None
    units = {unit.pk: unit for unit in Unit.objects.choosable()}
    told = made.told

    def named(list_name: str) -> list[Unit]:
        return [units[number] for number in told[list_name] if number in units]

    figures = told["units"]
    rows = [Row(unit=unit, **figures[str(number)]) for number, unit in units.items() if str(number) in figures]
    strongest = ServiceLink.objects.select_related("server", "served")
    return Whole(
        rows=rows,
        strongest=list(strongest.order_by(F("cards").desc(nulls_last=True), "pk")[:STRONGEST]),
        unnamed=named("unnamed"),
        unserved=named("unserved"),
        dead_ends=named("dead_ends"),
        without_way_out=named("without_way_out"),
        reaches_outside=told["reaches_outside"],
        picture=Picture(
            svg=mark_safe(made.svg),  # drawn by our own worker, names escaped
            chain=told["chain"],
            is_by_division=told["is_by_division"],
        ),
        made_at=made.made_at,
    )


def links_within() -> dict[tuple[int, int], int | None]:
    """(who serves, who is served), both departments of the house, with the cards that are told: one query."""
    between = ServiceLink.objects.filter(server__isnull=False, served__isnull=False).exclude(server=F("served"))
    return {(one, other): cards for one, other, cards in between.values_list("server_id", "served_id", "cards")}


@dataclass(frozen=True, kw_only=True)
class OneUnit:
    """“We serve …, we are served by …”, the strongest first."""

    serves: list[ServiceLink]
    served_by: list[ServiceLink]
    is_within: bool
    is_prepared: bool


def links_of(unit: Unit) -> OneUnit:
    """One query for the links, one for whether there is a map at all."""
    found = ServiceLink.objects.filter(Q(server=unit) | Q(served=unit)).select_related("server", "served")
    links = list(found.order_by(F("cards").desc(nulls_last=True), "pk"))
    others = [link for link in links if link.server_id != link.served_id]
    return OneUnit(
        serves=[link for link in others if link.server_id == unit.pk],
        served_by=[link for link in others if link.served_id == unit.pk],
        is_within=len(others) < len(links),
        is_prepared=ServiceMap.objects.exists(),
    )
