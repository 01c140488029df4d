"""Building the monthly figures from the facts: who had joined, where, by the end of each month."""

from datetime import UTC, date, datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from movement.allies.models import Ally, Unit
from movement.spread.models import UnitSnapshot

MONTH = relativedelta(months=1)


def finished_months(first: date, today: date) -> list[date]:
    """First days of the months from `first` on that had ended before `today`'s month."""
    month, months = first.replace(day=1), []
    while month < today.replace(day=1):
        months.append(month)
        month += MONTH
    return months


@transaction.atomic
def build_snapshots() -> int:
    """Every finished month of every unit that has none yet, from the recorded facts. Returns how many were added.

    A month that was built stays as it is. Who leaves or moves counts differently from the next month on; were the past
    counted anew, it would change at that moment and point at them.
    """
    joined = joins_by_unit_and_month()
    if not joined:
        return 0
    months = finished_months(min(month for _unit, month in joined), timezone.now().astimezone(UTC).date())
    built = set(UnitSnapshot.objects.values_list("unit_id", "month"))
    rows = []
    for unit in Unit.objects.choosable():
        allies = 0
        for month in months:
            allies += joined.get((unit.pk, month), 0)
            if (unit.pk, month) not in built:
                rows.append(UnitSnapshot(unit=unit, month=month, allies=allies, headcount=unit.headcount))
    UnitSnapshot.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)
    return len(rows)


def joins_by_unit_and_month() -> dict[tuple[int, date], int]:
    """How many joined each unit in each month (UTC), counted by the database."""
    rows = (
        Ally.objects.active()
        .filter(unit__isnull=False)
        .annotate(month=TruncMonth("joined_at", tzinfo=UTC))
        .values_list("unit_id", "month")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return {(unit, _day(month)): count for unit, month, count in rows}


def _day(month: date | datetime) -> date:
    return month.date() if isinstance(month, datetime) else month
