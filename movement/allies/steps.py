"""Which first steps an ally has taken, or put aside."""

from django.db import models
from django.utils import timezone

from movement.allies.models import Ally


class StepTaken(models.Model):
    """An ally said of one first step on Today that it is done, or not for them."""

    ally = models.ForeignKey(Ally, models.CASCADE, related_name="steps_taken")
    name = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ally", "name"], name="one_answer_per_step")]


def take_step(*, ally: Ally, name: str) -> None:
    """Remember it; saying it twice is the same as saying it once."""
    StepTaken.objects.bulk_create([StepTaken(ally=ally, name=name)], ignore_conflicts=True)
