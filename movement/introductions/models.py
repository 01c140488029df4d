"""Two allies get to know each other: one asks, or a third one brings them together. Nobody's contact is given before
both have said yes."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally

LONGEST_NOTE, LONGEST_REACH = 300, 200
#: An introduction that not both have agreed to ends by itself, however it was answered: silence, "not now" and a
#: holiday look the same to who asked.
OPEN_FOR = timedelta(weeks=4)
#: From asking until the same one may ask the same one again.
REST = timedelta(weeks=16)


class State(models.TextChoices):
    OPEN = "open", _("waiting")
    #: A third one's wish that neither is told of: they are kept apart, or know each other already. To who wished it,
    #: it is as if they had not answered.
    UNHEARD = "unheard", _("kept back")
    AGREED = "agreed", _("agreed")
    ENDED = "ended", _("ended")


class Answer(models.TextChoices):
    NONE = "none", _("no answer yet")
    YES = "yes", _("yes")
    NOT_NOW = "not_now", _("not now")


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def visible_to(self, user: Any) -> Self:
        """What this person takes part in, as far as everybody in it is whom they were when it began: whoever has
        become quiet, taken an alias or come out from under one since has asked and answered nothing. Nor is there
        anything between allies who are kept apart. Who brought two together needs to be known only until both agree.
        """
        if not user.is_authenticated:
            return self.none()
        seen = Ally.objects.visible_to(user).values("pk")
        took_part = Q(low__user_id=user.pk, high__in=seen) | Q(high__user_id=user.pk, low__in=seen)
        told = Q(state__in=[State.OPEN, State.ENDED], by__in=seen) | Q(state=State.AGREED)
        begun = Q(by__user_id=user.pk, low__in=seen, high__in=seen)
        return self.as_they_were().filter((took_part & told) | begun)

    def as_they_were(self) -> Self:
        """The two appear as they did when it began; until they agree, so does who began it."""
        pair = self.filter(low__appears_since__lte=F("created_at"), high__appears_since__lte=F("created_at"))
        return pair.filter(Q(state=State.AGREED) | Q(by__appears_since__lte=F("created_at")))

    def waiting(self) -> Self:
        return self.filter(state=State.OPEN, created_at__gt=timezone.now() - OPEN_FOR)

    def between(self, one: Ally, other: Ally) -> Self:
        low, high = in_order(one, other)
        return self.filter(low=low, high=high)

    def at_hand(self) -> Self:
        """With everybody in it, and where they work."""
        return self.select_related("low__unit__parent", "high__unit__parent", "by").prefetch_related("sides")


class Introduction(models.Model):
    """`low` and `high` are the two by number, so that the database sees a pair whoever asked. `by` is one of them, or
    a third one; None once they have left. `note` is what they wrote."""

    low = models.ForeignKey(Ally, models.CASCADE, related_name="+")
    high = models.ForeignKey(Ally, models.CASCADE, related_name="+")
    by = models.ForeignKey(Ally, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=LONGEST_NOTE)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("introduction"), _("introductions")
        constraints = [
            models.UniqueConstraint(
                fields=["low", "high"], condition=Q(state=State.OPEN), name="one_open_introduction_per_pair"
            ),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="an_introduction_is_between_two"),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="introductions_by_age")]

    def __str__(self) -> str:
        return str(_("an introduction"))

    def get_absolute_url(self) -> str:
        return reverse("movement:introduction", args=[self.pk])

    @property
    def is_direct(self) -> bool:
        return self.by_id in (self.low_id, self.high_id)


class Side(models.Model):
    """One of the two: what they answered, how they said they can be reached, and their own words if they asked too."""

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="sides")
    ally = models.ForeignKey(Ally, models.CASCADE, related_name="introductions")
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True, editable=False)
    reach = models.CharField(_("how to reach me"), max_length=LONGEST_REACH, blank=True)
    words = models.CharField(max_length=LONGEST_NOTE, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["introduction", "ally"], name="one_side_per_ally")]

    def __str__(self) -> str:
        return str(_("an answer"))


def in_order(one: Ally, other: Ally) -> tuple[Ally, Ally]:
    return (one, other) if one.pk < other.pk else (other, one)
