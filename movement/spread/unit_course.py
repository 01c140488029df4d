"""A department's milestones, told to its allies and standing in their timeline.

Told from the month's published figures only (`spread.publishing`), so nothing is said here that the spread pages do
not: never of fewer than five, to the nearest five, in steps of a month. A department's first and third ally cannot be
told while they would point at a person; they are told together with the fifth, without a day.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from movement.actions.milestones import newest
from movement.actions.models import Action, Audience
from movement.allies.models import Ally, Unit
from movement.resolve.milestones import Course, Lately, Reached, register, steps
from movement.spread import publishing

#: Coverage in percent.
SHARES = (10, 25, 50)
ACTIONS = (100, 500)
FIVE = "allies-5"


def last_day(month: date) -> date:
    return month + relativedelta(months=1, days=-1)


def reached(since: int | None = None) -> Iterable[Reached]:
    """`since`: small actions are read only of departments from which one has come after this one (by number)."""
    counted: dict[int, date] = {}
    for unit, month, shown, headcount in publishing.shown_by_month():
        counted.setdefault(unit, month)
        yield Reached(unit, FIVE, last_day(month))
        for share in SHARES:
            if headcount and shown * 100 >= share * headcount:
                yield Reached(unit, f"share-{share}", last_day(month))
    if since is not None:
        new = (
            Action.objects.filter(pk__gt=since, ally__unit__in=counted).order_by().values_list("ally__unit", flat=True)
        )
        counted = {unit: counted[unit] for unit in new.distinct()}
    yield from _actions(counted)


def _actions(counted: dict[int, date]) -> Iterable[Reached]:
    """What open allies who say that they work there show to all: whoever likes can count it on the wall. At the end of
    the month in which it was reached, and not before the department itself may be told of."""
    known = Ally.objects.shown_to_allies().open().filter(show_unit=True, unit__in=counted)
    rows = Action.objects.filter(ally__in=known.values("pk"), audience=Audience.ALLIES, is_unnamed=False)
    by_month = rows.annotate(month=TruncMonth("done_on")).order_by("month").values_list("ally__unit", "month")
    sums: dict[int, int] = {}
    today = timezone.localdate()
    for unit, month, n in by_month.annotate(n=Count("pk")):
        before = sums.get(unit, 0)
        sums[unit] = before + n
        for nth in steps(sums[unit], ACTIONS):
            if nth > before and (on := last_day(max(month, counted[unit]))) < today:
                yield Reached(unit, f"actions-{nth}", on)


def say(title: str, name: str) -> str:
    what, _dash, number = name.partition("-")
    if name == FIVE:
        said = _("Five allies or more in %(unit)s. One went first, then a third came: now it is a table for lunch.")
    elif what == "share":
        said = _("One in %(n)s in %(unit)s is an ally, or more.")
        number = str(100 // int(number))
    else:
        said = _("%(n)s small actions from %(unit)s stand on the wall.")
    return said % {"unit": title, "n": number}


def titles(numbers: Sequence[int]) -> dict[int, str]:
    return dict(Unit.objects.filter(pk__in=numbers).values_list("pk", "name"))


def register_unit_course() -> None:
    register(
        Course(
            name="unit",
            reached=reached,
            say=say,
            titles=titles,
            concerns=lambda number: User.objects.filter(ally__unit=number),
            of=lambda ally: [ally.unit_id] if ally.unit_id else [],
            lately=Lately(mark=newest, reached=reached),
        )
    )
