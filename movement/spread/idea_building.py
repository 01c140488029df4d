"""Building the spread of ideas from the facts: who noted an idea for the first time, in which month, and where."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Sum
from django.utils import timezone

from movement.actions.models import Action, ActionQuerySet, Audience, Idea
from movement.allies.models import Unit
from movement.allies.unit_history import Past
from movement.spread.idea_figures import reach
from movement.spread.idea_months import IdeaMonth
from movement.spread.services import MONTH, finished_months, last_day


@transaction.atomic
def build_idea_months(*, anew: bool = False) -> int:
    """Every finished month that has none yet; returns how many rows were added. `anew` forgets what was built and
    counts all of it again, from the same facts to the same figures.

    A month that was built stays as it is: were it counted anew when somebody leaves or takes an action back, it would
    change at that moment and point at them.
    """
    if anew:
        IdeaMonth.objects.all().delete()
    first = shown().aggregate(at=Min("created_at"))["at"]
    if first is None:
        return 0
    months = finished_months(first.astimezone(UTC).date(), timezone.now().astimezone(UTC).date())
    built = set(IdeaMonth.objects.values_list("month", flat=True).distinct())
    missing = [month for month in months if month not in built]
    past = Past(list(Unit.objects.in_order())) if missing else None
    return sum(build_month(month, past) for month in missing if past)


def build_month(month: date, past: Past) -> int:
    begun = begun_in(month)
    tried: dict[int, Counter[int]] = defaultdict(Counter)
    before = IdeaMonth.objects.filter(month__lt=month, unit__isnull=False).order_by()
    for idea, unit, count in before.values_list("idea", "unit").annotate(Sum("begun")):
        tried[idea][unit] += count
    for (idea, unit), count in begun.items():
        if unit is not None:
            tried[idea][unit] += count
    end = last_day(month)
    headcounts = {unit.pk: past.headcount(unit, end) for unit in past.workplaces(end)}
    rows = [
        IdeaMonth(idea_id=idea, unit_id=unit, month=month, begun=count, **_told(month, unit, tried[idea], headcounts))
        for (idea, unit), count in begun.items()
    ]
    IdeaMonth.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)
    return len(rows)


def _told(month: date, unit: int | None, tried: Counter[int], headcounts: dict[int, int]) -> dict[str, int | None]:
    """In the one row without a unit."""
    if unit is not None:
        return {}
    told = reach(month, tried, headcounts)
    return {"allies": told.allies, "departments": told.departments}


def shown() -> ActionQuerySet:
    """What counts: done after an idea and shown to all allies. What somebody keeps to themselves, or in a circle, is
    counted for nobody.
    """
    return Action.objects.filter(idea__isnull=False, audience=Audience.ALLIES, ally__user__is_active=True)


def begun_in(month: date) -> Counter[tuple[int, int | None]]:
    """By idea and unit. An ally counts once for an idea: in the unit and the month (UTC) of the first time they noted
    it. Every idea has a count without a unit, nought or not."""
    begin, end = (datetime.combine(day, time(), UTC) for day in (month, month + MONTH))
    before = shown().filter(idea=OuterRef("idea"), ally=OuterRef("ally"), created_at__lt=begin)
    noted = shown().filter(created_at__gte=begin, created_at__lt=end).exclude(Exists(before))
    units: dict[tuple[int, int], int | None] = {}
    for ally, idea, unit in noted.order_by("created_at", "pk").values_list("ally", "idea", "unit"):
        units.setdefault((ally, idea), unit)
    begun = Counter((idea, unit) for (_ally, idea), unit in units.items())
    begun.update({(idea, None): 0 for idea in Idea.objects.values_list("pk", flat=True)})
    return begun
