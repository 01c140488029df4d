"""Thanks for a small action: one from each ally, with a line if they like."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.actions.models import Action
from movement.allies.blocks import kept_from
from movement.allies.models import Ally

LONGEST_LINE = 140


class ThanksQuerySet(models.QuerySet["Thanks"]):
    def standing(self) -> Self:
        """From those who are still here."""
        return self.filter(ally__user__is_active=True)

    def visible_to(self, user: Any) -> Self:
        """Who sees the action sees them, but for those from whom they are kept apart."""
        apart = Ally.objects.filter(kept_from(user.pk)).values("pk")
        return self.standing().exclude(ally__in=apart)

    def newest_first(self) -> Self:
        return self.select_related("ally").order_by("-at", "-pk")


class Thanks(models.Model):
    action = models.ForeignKey(Action, models.CASCADE, related_name="thanks")
    ally = models.ForeignKey(Ally, models.CASCADE, related_name="thanks_said")
    line = models.CharField(_("a line, if you like"), max_length=LONGEST_LINE, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = ThanksQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("thanks"), _("thanks")
        constraints = [models.UniqueConstraint(fields=["action", "ally"], name="one_thanks_per_action_and_ally")]

    def __str__(self) -> str:
        return str(_("thanks"))

    @property
    def by(self) -> str:
        """The name they chose for then, or that it was an ally."""
        return self.ally.shown_name_on(self.at) or str(_("An ally"))
