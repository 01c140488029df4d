"""Days long past are folded into their month: one row for a page and a month."""

from collections import Counter
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import TruncMonth
from django.utils import timezone

from content.reads.keeping import add
from content.reads.models import PageReads

DAYS_KEPT = 90


def fold_old_days(today: date | None = None) -> None:
    """Whole months that ended more than `DAYS_KEPT` days ago. Run again it changes nothing."""
    until = ((today or timezone.localdate()) - timedelta(days=DAYS_KEPT)).replace(day=1)
    loose = PageReads.objects.annotate(month=TruncMonth("day")).filter(day__lt=until).exclude(day=F("month"))
    months = set(loose.order_by().values_list("month", flat=True).distinct())
    for month in sorted(months):
        fold(month)


@transaction.atomic
def fold(month: date) -> None:
    days = PageReads.objects.filter(day__gt=month, day__lt=(month + timedelta(days=32)).replace(day=1))
    sums: dict[bool, Counter[int]] = {False: Counter(), True: Counter()}
    for page_id, number, is_demo in days.select_for_update().values_list("page_id", "reads", "is_demo"):
        sums[is_demo][page_id] += number
    days.delete()
    for is_demo, pages in sums.items():
        add([(page_id, month, number) for page_id, number in pages.items()], is_demo=is_demo)
