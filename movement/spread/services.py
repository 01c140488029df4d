"""Building the monthly figures from the facts: who was where by the end of each month, and what they did."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Min

from movement.allies.models import Unit
from movement.allies.stays import Stay, settle
from movement.allies.unit_history import Past, today
from movement.spread.facts import Fact, facts
from movement.spread.models import UnitSnapshot
from movement.spread.publishing import tell

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
    """Forget every month and count them all again, as the facts stand now."""
    UnitSnapshot.objects.all().delete()
    return build_snapshots()


def build_month(month: date, past: Past) -> int:
    end = last_day(month)
    counted = count_month(month)
    rows = [
        UnitSnapshot(
            unit=unit,
            division_id=past.division(unit, end),
            month=month,
            headcount=past.headcount(unit, end),
            **{name: count[unit.pk] for name, count in counted.items()},
        )
        for unit in past.workplaces(end)
    ]
    UnitSnapshot.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)
    return len(rows)


def count_month(month: date) -> dict[str, Counter[int]]:
    """What a snapshot holds, by unit: for the end of this month."""
    end = last_day(month)
    allies: Counter[int] = Counter()
    newcomers: Counter[int] = Counter()
    unit_of: dict[int, int] = {}
    there = Stay.objects.on(end).filter(unit__isnull=False).values_list("ally_id", "unit_id", "joined")
    for ally, unit, joined in there.iterator(chunk_size=10_000):
        allies[unit] += 1
        newcomers[unit] += joined == month
        if ally is not None:
            unit_of[ally] = unit
    doers = {ally for _name, _thing, ally in facts(Fact.DOING, end - ACTIVE + timedelta(days=1), end)}
    acted = (unit_of[ally] for _name, _thing, ally in facts(Fact.ACTION, month, end) if ally in unit_of)
    tied = ((unit_of[one], unit_of[other]) for one, other in ties(end) if one in unit_of and other in unit_of)
    return {
        "allies": allies,
        "newcomers": newcomers,
        "active": Counter(unit_of[ally] for ally in doers if ally in unit_of),
        "actions": Counter(acted),
        "clubs": things(Fact.CLUB, month, end, unit_of),
        "meetings": things(Fact.MEETING, month, end, unit_of),
        "ties": Counter(unit for pair in tied if pair[0] != pair[1] for unit in pair),
    }


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
