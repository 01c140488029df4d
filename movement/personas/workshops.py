"""A workshop: people around one table fill in cards together, on one screen or each on their own."""

import secrets
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally

#: Read aloud and typed by hand: no letter that looks or sounds like another.
LETTERS, LENGTH = "abcdefghjkmnpqrstuvwxyz", 8
#: From its beginning until nobody can come in any more: a long day.
OPEN_FOR = timedelta(hours=24)


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def visible_to(self, user: Any) -> Self:
        """Those that this person holds or came into."""
        if not user.is_authenticated:
            return self.none()
        came = Guest.objects.filter(workshop=models.OuterRef("pk"), ally__user=user.pk)
        return self.filter(Q(host__user=user.pk) | models.Exists(came))

    def open(self) -> Self:
        return self.filter(ended_at=None, started_at__gt=timezone.now() - OPEN_FOR)

    def enterable(self, user: Any) -> Self:
        """Those whose link still lets this person in."""
        if not user.is_authenticated:
            return self.none()
        mine = Workshop.objects.visible_to(user).values("pk")
        return self.filter(Q(pk__in=self.open().values("pk")) | Q(pk__in=mine))


class Workshop(models.Model):
    """`code` is its short link. `origin` is where it came from (`movement.actions.origins`), such as a meeting."""

    code = models.CharField(max_length=LENGTH, unique=True, default=new_code, editable=False)
    title = models.CharField(_("What is it called?"), max_length=80)
    host = models.ForeignKey(Ally, models.CASCADE, related_name="workshops")
    origin = models.CharField(max_length=30, blank=True, editable=False)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("workshop"), _("workshops")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("movement:workshop", args=[self.code])

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and self.closes_at > timezone.now()

    @property
    def closes_at(self) -> datetime:
        return self.started_at + OPEN_FOR


class Guest(models.Model):
    """Who came in by the link. Nobody is shown who else did."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="guests")
    ally = models.ForeignKey(Ally, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("guest of a workshop"), _("guests of workshops")
        constraints = [models.UniqueConstraint(fields=["workshop", "ally"], name="in_a_workshop_once")]

    def __str__(self) -> str:
        return str(_("a guest"))
