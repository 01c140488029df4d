"""Preparing the service map from the cards. Only the worker loads this module (networkx).

What may be told is decided here, as `movement.personas.service_map` says it.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import networkx as nx
from django.db import transaction
from django.db.models import Case, Count, F, IntegerField, Q, When
from django.utils import timezone

from movement.allies.models import Unit, Visibility
from movement.fives import FEWEST, nearest_five
from movement.personas.map_picture import drawn
from movement.personas.models import Audience, End, PersonaCard, PersonaCardQuerySet, Side
from movement.personas.ratings import month_of
from movement.personas.service_map import ServiceLink, ServiceMap

#: Outside the organisation, among the numbers of units.
OUTSIDE = 0
#: By department up to here; of more, the picture is by division, and what is too small for it is in the table.
MOST_NODES = 12
BATCH = 2_000

#: What may be told of an edge: cards to the nearest five, or None for fewer than five.
Links = dict[tuple[int, int], int | None]


def prepare_map() -> int:
    """The links, what the pages say of them, and the picture, as of now; returns how many links there are."""
    units = list(Unit.objects.choosable())
    month = month_of(timezone.now())
    counted = _counted(month)
    links = _joined(counted, shown_links(), {unit.pk for unit in units} | {OUTSIDE})
    told = summary(links, units) | picture_of(links, units)
    svg = told.pop("svg")
    rows = [
        ServiceLink(server_id=server or None, served_id=served or None, cards=cards)
        for (server, served), cards in sorted(links.items())
    ]
    kept = [[server, served, cards] for (server, served), cards in sorted(counted.items())]
    with transaction.atomic():
        # First, since it locks the one row: of two who prepare at once, the second then finds the links of the first.
        ServiceMap.objects.update_or_create(pk=1, defaults={"month": month, "counted": kept, "told": told, "svg": svg})
        ServiceLink.objects.all().delete()
        ServiceLink.objects.bulk_create(rows, batch_size=BATCH)
    return len(links)


def _counted(month: date) -> Links:
    """Of all cards, as they stood when this month began: counted once a month, and not again when one goes."""
    kept = ServiceMap.objects.filter(pk=1, month=month).values_list("counted", flat=True).first()
    if kept is not None:
        return {(server, served): cards for server, served, cards in kept}
    begun = datetime.combine(month, datetime.min.time(), tzinfo=UTC)
    return counted_links(PersonaCard.objects.filter(created_at__lt=begun))


def counted_links(cards: PersonaCardQuerySet) -> Links:
    """Edges on which at least five different people have written."""
    return {edge: nearest_five(count) for edge, count, people in _edges(cards) if people >= FEWEST}


def shown_links() -> Links:
    """Edges that every ally can see in the cards themselves, beside the names of who wrote them."""
    openly = Q(owner__visibility=Visibility.OPEN, owner__show_unit=True) & ~Q(owner__name="")
    shown = PersonaCard.objects.filter(openly, audience=Audience.ALLIES)
    return {edge: nearest_five(count) if people >= FEWEST else None for edge, count, people in _edges(shown)}


def _edges(cards: PersonaCardQuerySet) -> Iterable[tuple[tuple[int, int], int, int]]:
    """((who serves, who is served), cards, people who wrote them), counted by the database in one query."""
    there = Case(When(side=Side.OUTSIDE, then=OUTSIDE), default=F("unit"), output_field=IntegerField())
    placed = cards.filter(owner__user__is_active=True, owner__unit__isnull=False).annotate(there=there)
    by_server = Q(end=End.SERVER)
    here = F("owner__unit")
    edges = placed.filter(there__isnull=False).annotate(
        from_unit=Case(When(by_server, then=here), default=F("there"), output_field=IntegerField()),
        to_unit=Case(When(by_server, then=F("there")), default=here, output_field=IntegerField()),
    )
    rows = edges.order_by().values_list("from_unit", "to_unit").annotate(Count("pk"), Count("owner", distinct=True))
    return (((one, other), count, people) for one, other, count, people in rows)


def _joined(counted: Links, shown: Links, known: set[int]) -> Links:
    """Whichever of the two tells more of an edge; units that are gone take theirs along."""
    links: Links = {}
    for edge in counted.keys() | shown.keys():
        if known.issuperset(edge):
            figures = [cards for cards in (counted.get(edge), shown.get(edge)) if cards is not None]
            links[edge] = max(figures, default=None)
    return links


def graph_of(links: Links, nodes: Iterable[int]) -> nx.DiGraph:
    """Without what a unit does for itself, which is no link of a chain."""
    graph = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edge for edge in links if edge[0] != edge[1])
    return graph


def summary(links: Links, units: list[Unit]) -> dict[str, Any]:
    """Each unit's figures, whom nobody names, and where chains break."""
    numbers = [unit.pk for unit in units]
    graph = graph_of(links, [*numbers, OUTSIDE])
    to_outside = nx.ancestors(graph, OUTSIDE)
    gives, gets = dict.fromkeys(graph, 0), dict.fromkeys(graph, 0)
    for (server, served), cards in links.items():
        if server != served:
            gives[server] += cards or 0
            gets[served] += cards or 0
    return {
        "units": {
            str(number): {
                "serves": graph.out_degree(number),
                "served_by": graph.in_degree(number),
                "gives": gives[number],
                "gets": gets[number],
                "is_within": (number, number) in links,
            }
            for number in numbers
        },
        "unnamed": [number for number in numbers if not graph.degree(number)],
        "unserved": [number for number in numbers if graph.out_degree(number) and not graph.in_degree(number)],
        "dead_ends": [number for number in numbers if graph.in_degree(number) and not graph.out_degree(number)],
        "without_way_out": [n for n in numbers if graph.out_degree(n) and to_outside and n not in to_outside],
        "reaches_outside": bool(to_outside),
    }


def picture_of(links: Links, units: list[Unit]) -> dict[str, Any]:
    """The picture and the same as a list: by department, or by division where there are too many for one line."""
    is_by_division = len(units) > MOST_NODES
    home = {unit.pk: unit.division if is_by_division else unit for unit in units}
    names = {place.pk: place.name for place in home.values()}
    drawn_links: dict[tuple[int, int], int] = {}
    for (server, served), cards in links.items():
        edge = tuple(home[end].pk if end else OUTSIDE for end in (server, served))
        drawn_links[edge] = drawn_links.get(edge, 0) + (cards or 0)  # type: ignore[index,arg-type]
    order = in_line(drawn_links, list(names))
    svg = drawn(order, names, drawn_links)
    chain = [
        {
            "name": names.get(one, ""),
            "serves": [
                {"name": names.get(other, ""), "cards": drawn_links[one, other]}
                for other in order
                if other != one and (one, other) in drawn_links
            ],
        }
        for one in order
    ]
    return {"svg": svg, "chain": chain, "is_by_division": is_by_division}


def in_line(links: dict[tuple[int, int], int], places: list[int]) -> list[int]:
    """Those that have a link, on one line that ends outside: the more steps from there, the further to the left; who
    reaches nobody outside begins it. Of too many, those with the most links."""
    graph = graph_of(dict(links), [*places, OUTSIDE])
    steps = nx.single_source_shortest_path_length(graph.reverse(copy=False), OUTSIDE)
    linked = [place for place in places if graph.degree(place) or (place, place) in links]
    linked = sorted(linked, key=graph.degree, reverse=True)[: MOST_NODES - 1]
    kept = [place for place in places if place in set(linked)]
    line = sorted(kept, key=lambda place: -steps.get(place, len(places) + 1))
    return [*line, OUTSIDE] if graph.degree(OUTSIDE) else line
