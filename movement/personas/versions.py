"""Every version of a card: what it said, and who wrote that, for the two at its ends."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally
from movement.personas.models import LINES, PersonaCard
from movement.personas.ties import Tie


class CardVersionQuerySet(models.QuerySet["CardVersion"]):
    def visible_to(self, user: Any) -> Self:
        """All of one's own cards; of a card with this person at the other end those since they were asked."""
        if not user.is_authenticated:
            return self.none()
        told = Tie.objects.offered_to(user).filter(
            card=models.OuterRef("card"), from_edition__lte=models.OuterRef("edition")
        )
        return self.filter(models.Q(card__owner__user=user.pk) | models.Exists(told))


class CardVersion(models.Model):
    """The lines of one edition. `by` is None once they have left."""

    card = models.ForeignKey(PersonaCard, models.CASCADE, related_name="versions")
    edition = models.PositiveIntegerField()
    by = models.ForeignKey(Ally, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=60)
    role = models.CharField(max_length=120)
    want = models.CharField(max_length=200)
    use = models.CharField(max_length=200, blank=True)
    when = models.CharField(max_length=120, blank=True)
    good = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = CardVersionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("version of a card"), _("versions of cards")
        constraints = [models.UniqueConstraint(fields=["card", "edition"], name="one_version_per_edition")]

    def __str__(self) -> str:
        return f"{self.card_id}, {self.edition}"


def keep_version(card: PersonaCard, by: Ally) -> None:
    """What the card says now, as of its edition."""
    CardVersion.objects.create(card=card, edition=card.edition, by=by, **card.lines)


def latest_lines(card: PersonaCard) -> dict[str, str]:
    """What the newest version said; nothing for a card that has none."""
    newest = CardVersion.objects.filter(card=card).order_by("-edition").values(*LINES).first()
    return newest or {}
