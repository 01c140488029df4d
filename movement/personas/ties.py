"""A card tied to the ally at its other end, who is asked once whether it is right."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.allies.blocks import Block
from movement.allies.models import Ally
from movement.personas.ends import is_named

if TYPE_CHECKING:
    from datetime import datetime


class Answer(models.TextChoices):
    WAITING = "waiting", _("asked")
    AGREED = "agreed", _("right")
    #: To who asked it looks like silence.
    DECLINED = "declined", _("not for me")


class TieQuerySet(models.QuerySet["Tie"]):
    def standing(self) -> Self:
        """Between two who both appear as they did when it was made, and are not kept apart: whoever has become quiet,
        taken an alias, come out from under one or left since is at the end of nothing."""
        one, other = OuterRef("ally"), OuterRef("card__owner")
        apart = Block.objects.filter(Q(blocker=one, blocked=other) | Q(blocker=other, blocked=one))
        both = self.filter(is_named("ally"), is_named("card__owner"), ended_at=None)
        active = both.filter(ally__user__is_active=True, card__owner__user__is_active=True)
        as_they_were = Q(ally__appears_since__lte=F("asked_at"), card__owner__appears_since__lte=F("asked_at"))
        return active.filter(as_they_were).exclude(models.Exists(apart))

    def agreed(self) -> Self:
        return self.standing().filter(answer=Answer.AGREED)

    def offered_to(self, user: Any) -> Self:
        """With this person at the other end, who has not said that it is not for them."""
        return self.standing().filter(ally__user=user.pk).exclude(answer=Answer.DECLINED)

    def visible_to(self, user: Any) -> Self:
        """Those of which this person is one of the two."""
        if not user.is_authenticated:
            return self.none()
        begun = Q(card__owner__user=user.pk)
        told = Q(ally__user=user.pk) & ~Q(answer=Answer.DECLINED)
        return self.standing().filter(begun | told)


class Tie(models.Model):
    """`ally` is the other end of `card`; one row for the two for good, so that nobody is asked twice about one card.

    `from_edition`: what the card said before is the owner's alone. `agreed_edition` is the one that was agreed to.
    """

    card = models.ForeignKey("movement.PersonaCard", models.CASCADE, related_name="ties")
    ally = models.ForeignKey(Ally, models.CASCADE, related_name="ties")
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.WAITING)
    from_edition = models.PositiveIntegerField(default=1)
    agreed_edition = models.PositiveIntegerField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = TieQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("other end of a card"), _("other ends of cards")
        constraints = [
            models.UniqueConstraint(fields=["card", "ally"], name="asked_once_about_a_card"),
            models.UniqueConstraint(fields=["card"], condition=Q(ended_at=None), name="one_other_end_of_a_card"),
            models.CheckConstraint(
                condition=~Q(answer="agreed") | Q(agreed_edition__isnull=False), name="agreed_to_an_edition"
            ),
        ]
        indexes = [models.Index(fields=["ally", "answer"], name="ties_of_ally")]

    def __str__(self) -> str:
        return str(_("the other end of a card"))

    @property
    def is_agreed(self) -> bool:
        return self.answer == Answer.AGREED

    @property
    def is_changed_since(self) -> bool:
        """A line is another by now than the ones that were agreed to."""
        return self.is_agreed and self.card.edition != self.agreed_edition

    def covers(self, moment: "datetime") -> bool:
        """Whether what was made then was made between these two as they appear to each other."""
        return moment >= self.asked_at
