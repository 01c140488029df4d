"""What the spread pages read: monthly figures by unit, and the pictures drawn of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Unit


class UnitSnapshot(models.Model):
    """A unit at the end of `month` (its first day), in the division where it was then.

    `there` had joined by then and had not left; `allies` are as many as were there when that was last told anew, in the
    month `since` (`spread.steadying`). `active` did something in the 90 days before, `newcomers` had joined in that
    month. `actions` were noted for the month, `clubs` have a member from here, `meetings` of the month had somebody
    from here, `ties` lead to somebody in another unit of which doing is told as well. None is shown as it is:
    `spread.publishing` alone says what may be told.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="snapshots")
    division = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="+")
    month = models.DateField()
    headcount = models.PositiveIntegerField()
    allies = models.PositiveIntegerField()
    there = models.PositiveIntegerField(default=0)
    since = models.DateField(null=True)
    active = models.PositiveIntegerField(default=0)
    newcomers = models.PositiveIntegerField(default=0)
    actions = models.PositiveIntegerField(default=0)
    clubs = models.PositiveIntegerField(default=0)
    meetings = models.PositiveIntegerField(default=0)
    ties = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "month"], name="one_snapshot_per_unit_and_month")]
        indexes = [models.Index(fields=["month"], name="snapshot_month")]

    def __str__(self) -> str:
        return f"{self.unit_id} at the end of {self.month:%B %Y}"


class Estimate(models.Model):
    """What a method says at the end of `month`. `told` holds published figures only: people to the nearest five, rates
    to two digits, ranges for everything. None: it is too early to say.
    """

    name = models.SlugField(max_length=30, unique=True)
    month = models.DateField()
    told = models.JSONField(null=True)
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.name} at the end of {self.month:%B %Y}"


class ChartPicture(models.Model):
    """A picture drawn by the worker. `of` says from which figures, so that it is drawn again only for new ones.

    `svg` stands in the page (empty where the page shows a table or shapes of its own), `png` is a file to take along
    (None where it is for the page alone).
    """

    name = models.SlugField(_("name"), max_length=60, unique=True)
    of = models.CharField(max_length=64)
    svg = models.TextField(blank=True)
    png = models.BinaryField(null=True)
    drawn_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name
