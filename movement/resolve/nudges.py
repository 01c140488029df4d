"""A nudge on Monday, for whoever asked for it: who wants it, and which were sent."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally

WEEK = timedelta(days=7)
#: So many in a row that led to nothing, and it comes every fourth Monday only.
IGNORED, SELDOM = 3, timedelta(weeks=4)
#: What was suggested in the last quarter is not suggested again.
REMEMBERED = 13


class NudgeWish(models.Model):
    """One for each ally who wants it. `next_on` is a Monday by their own calendar; `ignored` counts how many in a row
    led to nothing."""

    ally = models.OneToOneField(Ally, models.CASCADE, related_name="nudge_wish")
    since = models.DateTimeField(default=timezone.now)
    next_on = models.DateField(db_index=True)
    ignored = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("wish for a nudge"), _("wishes for nudges")

    def __str__(self) -> str:
        return str(_("a wish for a nudge"))

    @property
    def is_seldom(self) -> bool:
        return self.ignored >= IGNORED


class NudgeQuerySet(models.QuerySet["Nudge"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(ally__user_id=user.pk) if user.is_authenticated else self.none()


class Nudge(models.Model):
    """What was suggested on one Monday. `answered_at`: a button below it was pressed, whichever."""

    ally = models.ForeignKey(Ally, models.CASCADE, related_name="nudges")
    monday = models.DateField()
    name = models.CharField(max_length=80)
    sent_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    objects = NudgeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("nudge"), _("nudges")
        constraints = [models.UniqueConstraint(fields=["ally", "monday"], name="one_nudge_a_monday")]

    def __str__(self) -> str:
        return str(_("a nudge"))

    @property
    def event(self) -> str:
        return f"nudge:{self.pk}:{self.monday.isoformat()}"


def next_monday(day: date) -> date:
    """The first Monday after this day."""
    return day + WEEK - timedelta(days=day.weekday())
