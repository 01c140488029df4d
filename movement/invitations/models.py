"""A personal link that says who brought somebody, and who came by it."""

import secrets
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally


def new_code() -> str:
    """Unguessable (96 bits), and short enough for a small QR code."""
    return secrets.token_urlsafe(12)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def standing(self) -> Self:
        """Those that still lead somewhere: not replaced, and their owner has not left."""
        return self.filter(replaced_at=None, owner__user__is_active=True)


class Invitation(models.Model):
    """One ally's link. It may be replaced by a new one; who came by the old one stays recorded."""

    owner = models.ForeignKey(Ally, models.CASCADE, related_name="invitations")
    code = models.CharField(max_length=32, unique=True, default=new_code, editable=False)
    words = models.CharField(_("your own words"), max_length=400, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("invitation"), _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(replaced_at=None), name="one_standing_invitation_per_ally"
            )
        ]

    def __str__(self) -> str:
        return str(_("an invitation"))


class Redemption(models.Model):
    """Somebody came by an invitation: once in their life here, by the database's word."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="redemptions")
    joined = models.OneToOneField(Ally, models.CASCADE, related_name="redemption")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("accepted invitation"), _("accepted invitations")

    def __str__(self) -> str:
        return str(_("an accepted invitation"))
