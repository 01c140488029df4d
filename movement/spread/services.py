"""Building the monthly figures from the facts: who was where by the end of each month, and what they did."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Min

from movement.allies.models import Unit
from movement.allies.stays import Stay, settle
from movement.allies.unit_history import Past, today
from movement.spread import safety
from movement.spread.estimates import FITTED, ONCE
from movement.spread.facts import Fact, facts
from movement.spread.models import Estimate, UnitSnapshot
from movement.spread.publishing import tell
from movement.spread.steadying import Then, looked_back, steady

MONTH = relativedelta(months=1)
#: Whoever did something within this time is active.
ACTIVE = timedelta(days=90)
#: Whoever did something together within this time is tied.
TIED = timedelta(days=365)
#: More than so many round one table have not all met one another.
LARGEST_TABLE = 12


def refresh() -> date | None:
    """The months that have ended, and what the pages read of them. Returns the last one, None before the first."""
    build_snapshots()
    return tell()


def finished_months(first: date, day: date) -> list[date]:
    """First days of the months from `first` on that had ended before `day`'s month."""
    month, months = first.replace(day=1), []
    while month < day.replace(day=1):
        months.append(month)
        month += MONTH
    return months


def last_day(month: date) -> date:
    return month + MONTH - timedelta(days=1)


@transaction.atomic
def build_snapshots() -> int:
    """Every finished month that has no figures yet, from the recorded facts. Returns how many rows were added.

    A month that was built stays as it is: whoever corrects or deletes something afterwards changes no published number,
    and so does not point at themselves. After a pause of the clock the months missed are built from the same facts.
    """
    settle()
    first = Stay.objects.aggregate(first=Min("since"))["first"]
    if first is None:
        return 0
    built = set(UnitSnapshot.objects.order_by().values_list("month", flat=True).distinct())
    missing = [month for month in finished_months(first, today()) if month not in built]
    past = Past(list(Unit.objects.in_order())) if missing else None
    return sum(build_month(month, past) for month in missing if past)


@transaction.atomic
def rebuild_snapshots() -> int:
    """Forget every month and count them all again, as the facts stand now; and so what is counted once a month, and
    where growth leads."""
    UnitSnapshot.objects.all().delete()
    Estimate.objects.filter(name__in=[*ONCE, FITTED]).delete()
    return build_snapshots()


def build_month(month: date, past: Past) -> int:
    end = last_day(month)
    headcounts = {unit.pk: past.headcount(unit, end) for unit in past.workplaces(end)}
    counted, before = count_month(month), earlier(month)
    there, active, ties = counted.pop("there"), counted["active"], counted.pop("ties")
    steadied = {unit: steady(month, there[unit], headcounts[unit], before[unit]) for unit in headcounts}
    allies = {unit: told for unit, (told, _since) in steadied.items()}
    told = {unit: safety.cell(count, headcounts[unit]) for unit, count in allies.items()}
    doing = {unit for unit in headcounts if safety.cell(min(active[unit], allies[unit]), headcounts[unit]).is_shown}
    fewest = Counter({unit: told[unit].low for unit in doing})
    of_all = fewest.total()
    rows = [
        UnitSnapshot(
            unit=unit,
            division_id=past.division(unit, end),
            month=month,
            headcount=headcounts[unit.pk],
            there=there[unit.pk],
            allies=allies[unit.pk],
            since=steadied[unit.pk][1],
            ties=counted_ties(ties[unit.pk], told[unit.pk], doing, of_all - fewest[unit.pk]),
            **{name: count[unit.pk] for name, count in counted.items()},
        )
        for unit in past.workplaces(end)
    ]
    UnitSnapshot.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)
    return len(rows)


def counted_ties(ties: Mapping[int, int], here: safety.Cell, doing: Container[int], fewest: int) -> int:
    """Those to other units of which doing is told; and no more than there could be if all had the fewest that are told,
    `fewest` in all the others. Were nearly everybody tied to everybody, the number would tell how many they are."""
    return min(here.low * fewest, sum(count for unit, count in ties.items() if unit in doing))


def earlier(month: date) -> dict[int, dict[date, Then]]:
    """By unit, the months that decide whether it is told lower."""
    found: dict[int, dict[date, Then]] = defaultdict(dict)
    rows = UnitSnapshot.objects.filter(month__in=looked_back(month)).values_list(
        "unit", "month", "there", "allies", "since"
    )
    for unit, at, there, told, since in rows.iterator(chunk_size=10_000):
        found[unit][at] = Then(there, told, since or at)
    return found


def count_month(month: date) -> dict[str, Any]:
    """What a snapshot holds, by unit: for the end of this month. Ties by the unit at their other end."""
    end = last_day(month)
    there: Counter[int] = Counter()
    newcomers: Counter[int] = Counter()
    unit_of: dict[int, int] = {}
    stays = Stay.objects.on(end).filter(unit__isnull=False).values_list("ally_id", "unit_id", "joined")
    for ally, unit, joined in stays.iterator(chunk_size=10_000):
        there[unit] += 1
        newcomers[unit] += joined == month
        if ally is not None:
            unit_of[ally] = unit
    doers = {ally for _name, _thing, ally in facts(Fact.DOING, end - ACTIVE + timedelta(days=1), end)}
    acted = (unit_of[ally] for _name, _thing, ally in facts(Fact.ACTION, month, end) if ally in unit_of)
    return {
        "there": there,
        "newcomers": newcomers,
        "active": Counter(unit_of[ally] for ally in doers if ally in unit_of),
        "actions": Counter(acted),
        "clubs": things(Fact.CLUB, month, end, unit_of),
        "meetings": things(Fact.MEETING, month, end, unit_of),
        "ties": ties_across(end, unit_of),
    }


def ties_across(end: date, unit_of: Mapping[int, int]) -> dict[int, Counter[int]]:
    """How many lead from each unit to each other one."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for one, other in ties(end):
        here, elsewhere = unit_of.get(one), unit_of.get(other)
        if here is not None and elsewhere is not None and here != elsewhere:
            found[here][elsewhere] += 1
            found[elsewhere][here] += 1
    return found


def things(fact: Fact, first: date, last: date, unit_of: dict[int, int]) -> Counter[int]:
    """In how many of them somebody of the unit was."""
    found = {(thing, unit_of[ally]) for _name, thing, ally in facts(fact, first, last) if ally in unit_of}
    return Counter(unit for _thing, unit in found)


def ties(end: date) -> set[tuple[int, int]]:
    """Pairs of allies (the lower number first) who did something together in the year up to then."""
    tables: dict[tuple[str, int], set[int]] = defaultdict(set)
    for name, thing, ally in facts(Fact.TOGETHER, end - TIED + timedelta(days=1), end):
        tables[name, thing].add(ally)
    return {pair for table in tables.values() if len(table) <= LARGEST_TABLE for pair in _pairs(table)}


def _pairs(table: Iterable[int]) -> Iterable[tuple[int, int]]:
    return combinations(sorted(table), 2)
