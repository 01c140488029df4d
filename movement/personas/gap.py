"""The perception gap in total: what those who serve believe beside what those who are served say, month by month.

Only figures that may be published are kept. A month is told

- for the whole organisation alone, so that no part and no rest of it can be worked out;
- once it has ended, and never counted again: whoever leaves later changes nothing that could be compared;
- with five pairs or more, of which at least four are left to look at for anybody who takes away the pairs they are in
  themselves (somebody at one end of many pairs knows all of those);
- as two averages to one decimal, and the number of pairs to the nearest five.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db import models, transaction
from django.utils import timezone

from movement.fives import FEWEST, nearest_five
from movement.personas.ratings import Rating, month_of

#: Whoever takes away the pairs they are in looks at so many others at least.
FEWEST_OTHERS = 4
MONTHS = 12


class GapMonth(models.Model):
    """One ended month. The averages are None where it has too few pairs to be told."""

    month = models.DateField(unique=True)
    pairs = models.PositiveIntegerField(null=True)
    server = models.DecimalField(max_digits=2, decimal_places=1, null=True)
    served = models.DecimalField(max_digits=2, decimal_places=1, null=True)

    class Meta:
        verbose_name, verbose_name_plural = "perception gap of a month", "perception gaps by month"
        ordering = ["month"]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}"

    @property
    def width(self) -> float:
        """How much better it looks from the end of who serves; both are there."""
        return float((self.server or 0) - (self.served or 0))


def published() -> list[GapMonth]:
    """The latest months that may be told, oldest first: one query, for the spread page."""
    return list(GapMonth.objects.exclude(pairs=None).order_by("-month")[:MONTHS])[::-1]


@transaction.atomic
def count_gaps() -> int:
    """Every ended month that has not been counted yet; returns how many. For the worker."""
    this = month_of(timezone.now())
    known = GapMonth.objects.values_list("month", flat=True)
    months = Rating.objects.filter(month__lt=this).exclude(month__in=known).values_list("month", flat=True)
    rows = [told(month, pairs_of(month)) for month in sorted(set(months.order_by().distinct()))]
    GapMonth.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def pairs_of(month: date) -> list[tuple[int, int, int, int]]:
    """(one, other, the server's mark, the served one's) for each pair of which both answered. Two allies with several
    cards between them are as many pairs; what they have in common is heeded by `may_be_told`."""
    ends: dict[int, dict[bool, tuple[int, int]]] = {}
    for tie, is_server, ally, mark in Rating.objects.filter(month=month).values_list("tie", "is_server", "by", "mark"):
        ends.setdefault(tie, {})[is_server] = (ally, mark)
    both = [pair for pair in ends.values() if len(pair) == 2]
    return [(pair[True][0], pair[False][0], pair[True][1], pair[False][1]) for pair in both]


def may_be_told(pairs: Iterable[tuple[int, int]]) -> bool:
    of = [*pairs]
    most = max(Counter(ally for pair in of for ally in set(pair)).values(), default=0)
    return len(of) >= FEWEST and len(of) - most >= FEWEST_OTHERS


def told(month: date, pairs: list[tuple[int, int, int, int]]) -> GapMonth:
    if not may_be_told((one, other) for one, other, *_marks in pairs):
        return GapMonth(month=month)
    return GapMonth(
        month=month,
        pairs=nearest_five(len(pairs)),
        server=round(sum(pair[2] for pair in pairs) / len(pairs), 1),
        served=round(sum(pair[3] for pair in pairs) / len(pairs), 1),
    )
