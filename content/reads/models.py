"""How often each page was opened on each day. Nothing else is kept: not by whom, not from where."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from wagtail.models import Page


class PageReadsQuerySet(models.QuerySet["PageReads"]):
    def since(self, day: date) -> Self:
        return self.filter(day__gte=day)

    def of_last(self, days: int) -> Self:
        """Today counts as the last of them."""
        return self.since(timezone.localdate() - timedelta(days=days - 1))


class PageReads(models.Model):
    """`day` is a day of the site's time zone; for months long past it is the first of the month (see `folding`)."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    day = models.DateField(db_index=True)
    reads = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = PageReadsQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["page", "day", "is_demo"], name="one_count_per_page_and_day")]

    def __str__(self) -> str:
        return f"page {self.page_id}, {self.day}: {self.reads}"
