"""What the spread pages read: monthly figures by unit, and the pictures drawn of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Unit


class UnitSnapshot(models.Model):
    """A unit at the end of `month` (its first day): allies who had joined by then, and the headcount then.

    `allies` is exact and never shown as it is: pages show what `spread.safety` lets through.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="snapshots")
    month = models.DateField()
    allies = models.PositiveIntegerField()
    headcount = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "month"], name="one_snapshot_per_unit_and_month")]
        indexes = [models.Index(fields=["month"], name="snapshot_month")]

    def __str__(self) -> str:
        return f"{self.unit_id} at the end of {self.month:%B %Y}"


class ChartPicture(models.Model):
    """A picture drawn by the worker. `of` says from which figures, so that it is drawn again only for new ones."""

    name = models.SlugField(_("name"), max_length=60, unique=True)
    of = models.CharField(max_length=64)
    svg = models.TextField()
    drawn_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name
