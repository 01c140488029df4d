"""In which months and units ideas were first tried: what the pages of ideas read instead of the actions."""

from django.db import models

from movement.actions.models import Idea
from movement.allies.models import Unit


class IdeaMonth(models.Model):
    """How many allies noted for the first time, in `month` (its first day), that they did this idea, and worked in this
    unit then. Without a unit: those who gave none; every idea has such a row for every finished month, nought or not.

    `begun` is exact and never shown as it is. The row without a unit holds what is told of the whole month instead
    (`spread.idea_figures`): `allies` who had tried it by its end, and in how many `departments`.
    """

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="months")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    month = models.DateField()
    begun = models.PositiveIntegerField()
    allies = models.PositiveIntegerField(null=True)
    departments = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["month"], name="idea_month")]
        constraints = [
            models.UniqueConstraint(fields=["idea", "unit", "month"], name="one_row_per_idea_unit_and_month"),
            models.UniqueConstraint(
                fields=["idea", "month"], condition=models.Q(unit=None), name="one_row_per_idea_and_month_without_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} in {self.unit_id}, {self.month:%B %Y}"
