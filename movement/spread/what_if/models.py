"""A question "what if", and what the worker found: kept by what was asked and of which figures, not by who asked."""

from datetime import timedelta
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: How much can be wished for; the form and its sliders end there too.
MOST = {"invited": 200, "accepted": 100, "new_units": 10}
#: After this the worker is asked once more.
OVERDUE = timedelta(minutes=10)
#: After this the page says that it takes longer, and looks less often.
LONG = timedelta(seconds=45)


class Scenario(models.Model):
    """`of` is the fingerprint of the month's estimate: the same question of the same figures is answered once.

    `told` holds published figures only (see `computing.tell`); None until the worker has been there.
    """

    of = models.CharField(max_length=64)
    month = models.DateField()
    invited = models.PositiveSmallIntegerField(
        _("more invitations a month"),
        validators=[MaxValueValidator(MOST["invited"])],
        help_text=_("Beside those that are sent anyway."),
    )
    accepted = models.PositiveSmallIntegerField(
        _("of a hundred, accepted"),
        validators=[MaxValueValidator(MOST["accepted"])],
        help_text=_("How many of a hundred of them bring somebody."),
    )
    new_units = models.PositiveSmallIntegerField(
        _("departments begun"),
        validators=[MaxValueValidator(MOST["new_units"])],
        help_text=_("Each by five colleagues at once, the largest first, of those not counted yet."),
    )
    asked_at = models.DateTimeField(default=timezone.now)
    told = models.JSONField(null=True)
    svg = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "invited", "accepted", "new_units"], name="one_answer_per_question")
        ]

    def __str__(self) -> str:
        return f"{self.invited} invitations, {self.accepted} % accepted, {self.new_units} departments"

    def get_absolute_url(self) -> str:
        return reverse("movement:what_if_answer", kwargs=self.wish)

    @property
    def wish(self) -> dict[str, int]:
        return {"invited": self.invited, "accepted": self.accepted, "new_units": self.new_units}

    @property
    def is_open(self) -> bool:
        return self.told is None

    @property
    def takes_long(self) -> bool:
        return self.is_open and timezone.now() - self.asked_at > LONG


class FittedDraws(models.Model):
    """p and q of each draw from a month's published estimate, kept so that a question needs no fit of its own."""

    of = models.CharField(max_length=64, unique=True)
    month = models.DateField()
    draws: models.JSONField[list[list[float]], Any] = models.JSONField()

    def __str__(self) -> str:
        return f"draws of {self.month:%B %Y}"
