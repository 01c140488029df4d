"""Persona cards: somebody you serve, in four lines."""

from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally, Unit


class Side(models.TextChoices):
    INSIDE = "inside", _("Inside the organisation")
    OUTSIDE = "outside", _("Outside")


class Audience(models.TextChoices):
    ONLY_ME = "only_me", _("Only me")
    ALLIES = "allies", _("All allies")


class PersonaCardQuerySet(models.QuerySet["PersonaCard"]):
    def visible_to(self, user: Any) -> Self:
        """One's own, and those shown to allies. Nothing for somebody who is no ally."""
        if not user.is_authenticated:
            return self.none()
        shown = models.Q(audience=Audience.ALLIES, owner__user__is_active=True)
        viewer = Ally.objects.filter(user_id=user.pk)
        return self.filter(models.Exists(viewer)).filter(shown | models.Q(owner__user_id=user.pk))

    def newest_first(self) -> Self:
        return self.order_by("-changed_at", "-pk")


class PersonaCard(models.Model):
    """*My name is · and I am · I want · so I can*, written by the one who serves (`owner`)."""

    owner = models.ForeignKey(Ally, models.CASCADE, related_name="cards")
    name = models.CharField(_("My name is"), max_length=60)
    role = models.CharField(_("and I am"), max_length=120)
    want = models.CharField(_("I want"), max_length=200)
    use = models.CharField(_("so I can"), max_length=200)
    when = models.CharField(_("By when, or how often"), max_length=120, blank=True)
    side = models.CharField(_("Where they are"), max_length=8, choices=Side, default=Side.INSIDE)
    unit = models.ForeignKey(
        Unit, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Their department")
    )
    audience = models.CharField(_("Who may see it"), max_length=8, choices=Audience, default=Audience.ONLY_ME)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = PersonaCardQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("persona card"), _("persona cards")
        indexes = [models.Index(fields=["owner", "-changed_at"], name="card_of_owner")]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"

    def get_absolute_url(self) -> str:
        return reverse("movement:persona", args=[self.pk])

    @property
    def shown_name(self) -> str | None:
        """The name its owner chose for then; None for a quiet one. It is not a way to an alias chosen later."""
        return self.owner.shown_name_on(self.created_at)

    @property
    def by(self) -> str:
        """The chosen name of who wrote it, or that it was an ally."""
        return self.shown_name or str(_("An ally"))
