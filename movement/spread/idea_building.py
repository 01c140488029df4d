"""Building the spread of ideas from the facts: who noted an idea for the first time, in which month, and where."""

from collections import Counter
from datetime import UTC, date, datetime, time

from django.db import transaction
from django.db.models import Exists, Min, OuterRef
from django.utils import timezone

from movement.actions.models import Action, ActionQuerySet, Audience, Idea
from movement.spread.idea_months import IdeaMonth
from movement.spread.services import MONTH, finished_months


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
    rows = [row for month in months if month not in built for row in rows_of(month)]
    IdeaMonth.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)
    return len(rows)


def shown() -> ActionQuerySet:
    """What counts: done after an idea and shown to all allies. What somebody keeps to themselves, or in a circle, is
    counted for nobody.
    """
    return Action.objects.filter(idea__isnull=False, audience=Audience.ALLIES, ally__user__is_active=True)


def rows_of(month: date) -> list[IdeaMonth]:
    """An ally counts once for an idea: in the unit and the month (UTC) of the first time they noted it."""
    begin, end = (datetime.combine(day, time(), UTC) for day in (month, month + MONTH))
    before = shown().filter(idea=OuterRef("idea"), ally=OuterRef("ally"), created_at__lt=begin)
    noted = shown().filter(created_at__gte=begin, created_at__lt=end).exclude(Exists(before))
    units: dict[tuple[int, int], int | None] = {}
    for ally, idea, unit in noted.order_by("created_at", "pk").values_list("ally", "idea", "unit"):
        units.setdefault((ally, idea), unit)
    begun = Counter((idea, unit) for (_ally, idea), unit in units.items())
    begun.update({(idea, None): 0 for idea in Idea.objects.values_list("pk", flat=True)})
    return [IdeaMonth(idea_id=idea, unit_id=unit, month=month, begun=count) for (idea, unit), count in begun.items()]
