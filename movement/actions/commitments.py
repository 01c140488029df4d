"""What somebody means to do, perhaps by a day. It is theirs alone: nobody else is shown or told of it."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.actions.models import LONGEST, Idea
from movement.allies.models import Ally


class State(models.TextChoices):
    OPEN = "open", _("on the list")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(ally__user=user.pk) if user.is_authenticated else self.none()

    def open(self) -> Self:
        return self.filter(state=State.OPEN)

    def nearest_first(self) -> Self:
        """Those with a day by it, then the others as they came."""
        return self.select_related("idea").order_by(models.F("by_on").asc(nulls_last=True), "pk")


class Commitment(models.Model):
    """A sentence that begins with "I will". `reminded_at`: its day has been spoken of; another day is, once more."""

    ally = models.ForeignKey(Ally, models.CASCADE, related_name="commitments")
    text = models.CharField(_("I will"), max_length=LONGEST)
    by_on = models.DateField(_("by"), null=True, blank=True)
    idea = models.ForeignKey(Idea, models.SET_NULL, null=True, blank=True, related_name="commitments")
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    made_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("commitment"), _("commitments")
        indexes = [models.Index(fields=["by_on"], condition=models.Q(state="open"), name="commitment_to_remind")]
        constraints = [
            models.UniqueConstraint(
                fields=["ally", "idea"], condition=models.Q(state="open"), name="an_idea_is_on_a_list_once"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
