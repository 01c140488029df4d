"""Ties across units, how long allies stay active, and what is done. Only the worker loads this (networkx, scipy).

Ties are looked at among units whose counts are told: so none proves that somebody is in a unit that hides. Who serves
whom is what the service map tells, by its own rules (`movement.personas.service_map`). Shares of
a cohort are told to the nearest five in a hundred, and so is how many they are. Actions are those that all allies may
read on the wall anyway.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count

from movement.actions.models import Action, Audience, Kind
from movement.allies.models import Unit
from movement.allies.stays import Ended, Stay
from movement.fives import nearest_five
from movement.personas.service_map import links_within
from movement.spread import publishing, safety
from movement.spread.facts import Fact, facts
from movement.spread.methods.staying import staying as kaplan_meier
from movement.spread.methods.ties import ties_across
from movement.spread.models import UnitSnapshot
from movement.spread.services import ACTIVE, MONTH, last_day
from movement.spread.services import ties as tied_allies

#: So many bridges that are missing are named.
MOST_BRIDGES = 10
#: Cohorts of the last three years.
YEARS = 3
WEEKS = 26
#: Who serves, and who is served.
Edge = tuple[int, int]


def ties(month: date) -> dict[str, Any] | None:
    """Among the units that are counted at the end of `month`; None while there are too few ties to tell."""
    end = last_day(month)
    rows = UnitSnapshot.objects.filter(month=month).values_list("unit_id", "allies", "headcount")
    counted = {unit for unit, allies, headcount in rows if safety.cell(allies, headcount).is_shown}
    there = Stay.objects.on(end).filter(ally__isnull=False, unit__in=counted).values_list("ally_id", "unit_id")
    unit_of: dict[Hashable, Hashable] = dict(there.iterator(chunk_size=10_000))
    links = {edge: cards or 0 for edge, cards in links_within().items() if counted.issuperset(edge)}
    found = ties_across(tied_allies(end), unit_of, serving=links)
    if found is None:
        return None
    bridges = missing_bridges(found.missing, links)
    return {
        "ties": nearest_five(found.internal + found.external),
        "e_i": round(found.e_i, 1),
        "assortativity": None if found.assortativity is None else round(found.assortativity, 1),
        "units": found.units,
        "connected": found.units_connected,
        "missing": bridges[:MOST_BRIDGES],
        "more": max(0, len(bridges) - MOST_BRIDGES),
        "serving": len({frozenset(edge) for edge in links}),
    }


def missing_bridges(pairs: Iterable[tuple[Any, Any]], links: Mapping[Edge, int]) -> list[dict[str, Any]]:
    """Who serves whom of each pair, those with the most cards first; `both` if the other serves them as well."""
    units = {unit.pk: unit for unit in Unit.objects.all()}

    def told(one: int, other: int) -> dict[str, Any]:
        ends = {"server": units[one].name, "served": units[other].name, "slug": units[one].slug}
        return ends | {"both": (other, one) in links}

    edges = [max((pair, pair[::-1]), key=lambda edge: links.get(edge, -1)) for pair in pairs]
    in_order = sorted(edges, key=lambda edge: (-links[edge], units[edge[0]].name, units[edge[1]].name))
    return [told(*edge) for edge in in_order]


def staying(month: date) -> list[dict[str, Any]] | None:
    """Kaplan–Meier curves of those who joined in each half-year, if twenty or more did: months since joining, and how
    many of a hundred are still active, with the 95 % interval. None while no cohort is large enough."""
    begin = (month + MONTH - relativedelta(years=YEARS)).replace(day=1)
    cohorts: dict[tuple[int, int], list[tuple[float, bool]]] = defaultdict(list)
    for joined, stayed, has_ended in durations(begin, month):
        cohorts[joined.year, (joined.month + 5) // 6].append((stayed, has_ended))
    told = []
    for (year, half), people in sorted(cohorts.items()):
        found = kaplan_meier(*zip(*people, strict=True))
        if found is not None:
            curve = [[round(at), *(nearest_five(100 * share) for share in shares)] for at, *shares in found.curve]
            told.append({"year": year, "half": half, "people": nearest_five(found.people), "curve": curve})
    return told or None


def durations(begin: date, month: date) -> Iterable[tuple[date, float, bool]]:
    """Of everybody who joined since `begin`: the month, how many months they were active, and whether that has ended.

    Who leaves is active until then, who does nothing until 90 days after the month of the last thing they did; joining
    is the first.
    """
    last_did = last_months(begin, month)
    end, quiet = last_day(month), ACTIVE.days // 30
    people = Stay.objects.last_ones().filter(joined__gte=begin, joined__lte=month)
    for ally, joined, until, ended in people.values_list("ally_id", "joined", "until", "ended").iterator():
        has_left = ended == Ended.LEFT and until is not None and until <= end
        stop = until if has_left and until else month
        if ally is not None:
            silent = max(joined, last_did.get(ally, joined)) + relativedelta(months=quiet)
            if silent < stop:
                has_left, stop = True, silent
        yield joined, months_between(joined, stop), has_left


def last_months(begin: date, month: date) -> dict[int, date]:
    """The last month in which each ally did something."""
    found: dict[int, date] = {}
    at = begin
    while at <= month:
        for _name, _thing, ally in facts(Fact.DOING, at, last_day(at)):
            found[ally] = at
        at += MONTH
    return found


def months_between(first: date, last: date) -> float:
    return float(max(0, (last.year - first.year) * 12 + last.month - first.month))


def doing(month: date) -> dict[str, Any] | None:
    """Actions by week and kind in the half-year up to the last week that ended in `month`, clubs, and the month's
    meetings."""
    end = last_day(month)
    monday = end - timedelta(days=end.weekday() + 7 * WEEKS - (7 if end.weekday() == 6 else 0))
    weeks: dict[date, Counter[str]] = {monday + timedelta(weeks=number): Counter() for number in range(WEEKS)}
    noted = Action.objects.filter(
        audience=Audience.ALLIES, done_on__gte=monday, done_on__lte=end, ally__user__is_active=True
    )
    for day, kind, number in noted.order_by().values_list("done_on", "kind").annotate(number=Count("pk")):
        if (week := day - timedelta(days=day.weekday())) in weeks:
            weeks[week][kind] += number
    clubs = {thing for _name, thing, _ally in facts(Fact.CLUB, month, end)}
    meetings = {thing for _name, thing, _ally in facts(Fact.MEETING, month, end)}
    if not (any(weeks.values()) or clubs or meetings):
        return None
    kinds, doers = [*Kind.values, ""], doers_of(month)
    active = safety.total(doers)
    return {
        "weeks": [[week.isoformat(), [count[kind] for kind in kinds]] for week, count in weeks.items()],
        "clubs": nearest_five(len(clubs)),
        "meetings": nearest_five(len(meetings)),
        "active": active.shown,
        "active_in": sum(cell.is_shown for cell in doers),
    }


def doers_of(month: date) -> list[safety.Cell]:
    """What is told of each unit's active ones."""
    rows = UnitSnapshot.objects.filter(month=month).values_list(*publishing.FIELDS)
    return [safety.cell(row.doers, row.headcount) for row in map(publishing.Row._make, rows)]
