"""Finding the departments that are told from one or two allies, once a month, without pointing at any of them.

Costly behaviour is rarely taken up from one single person: in D. Centola's experiment ("The spread of behavior in an
online social network experiment", Science 329, 2010) a second and a third acquaintance who had adopted it made adopting
likelier.

- The allies themselves are told, and nobody else. The hint stands for a whole month and only for those who were counted
  in that department when it was made: changing one's department on the profile asks no question about another one.
- It is made in no department so small that its coming or going would name a colleague: those that are never counted.
- Stewards are told a number of departments, of those that could be meant at least five more than the number says. So
  for each of these it stays open whether it is one.
"""

from collections import Counter
from datetime import date

from django.db import transaction
from django.db.models import Count, Q

from movement.allies.models import Ally, Visibility
from movement.allies.stays import Stay
from movement.fives import nearest_five
from movement.spread import safety
from movement.spread.estimates import keep, kept
from movement.spread.publishing import ONE_OR_TWO, of_one_or_two
from movement.spread.second_ally.models import Hint
from movement.spread.services import last_day

NAME = "second-ally"
#: So many more departments could be meant than the number says.
ROOM = 5


@transaction.atomic
def keep_hints(month: date) -> bool:
    """The hints and the stewards' number for the month that ended and was counted; False where they are there already:
    nothing changes in the middle of a month."""
    before = kept(NAME).get(NAME)
    if before is not None and before.month == month:
        return False
    few, hidden = of_one_or_two(month)
    Hint.objects.all().delete()
    Hint.objects.bulk_create(hints(month, few), ignore_conflicts=True, batch_size=1_000)
    could_be = could_have_few(hidden)
    keep(NAME, month, {"units": told_number(len(few & could_be), len(could_be))})
    return True


def hints(month: date, few: set[int]) -> list[Hint]:
    """For those who were counted in these units and are still here."""
    there = Stay.objects.on(last_day(month)).filter(unit__isnull=False, ally__user__is_active=True)
    rows = there.order_by("pk").values_list("ally_id", "unit_id").iterator(chunk_size=5_000)
    return [Hint(ally_id=ally, unit_id=unit, month=month) for ally, unit in rows if unit in few]


def could_have_few(units: set[int]) -> set[int]:
    """Those of which everybody can see no more than two allies by name: with a third it would be plain that they are
    not meant."""
    listed = Q(visibility=Visibility.OPEN, show_unit=True) & ~Q(name="")
    names = Ally.objects.active().filter(listed, unit__isnull=False).values("unit_id").annotate(n=Count("pk"))
    seen = Counter({row["unit_id"]: row["n"] for row in names.order_by()})
    return {unit for unit in units if seen[unit] <= max(ONE_OR_TWO)}


def told_number(few: int, could_be: int) -> int | None:
    """What stewards are told: to the nearest five, None for fewer than five. `could_be` departments might be meant;
    where nearly all of them are, the number stops before it says so.

    Whatever is told, for each of those departments both answers are possible still: at least one number of departments
    that gives the same is below `could_be`, and one is above nought or is not told apart from it.
    """
    number = min(few, max(0, could_be - ROOM))
    return None if number < safety.FEWEST else nearest_five(number)
