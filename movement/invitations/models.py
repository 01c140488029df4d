"""Links and letters by which an ally asks others in, and who came by them."""

import secrets
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from movement.allies.models import Ally

#: So long a letter may be answered, and so long it is remembered whom it went to.
LETTER_LASTS = timedelta(days=30)
LONGEST_WORDS = 400


def new_code() -> str:
    """Unguessable (96 bits), and short enough for a small QR code."""
    return secrets.token_urlsafe(12)


class Purpose(models.TextChoices):
    PERSONAL = "personal", _("my own link")
    OCCASION = "occasion", _("a link for an occasion")
    LETTER = "letter", _("a letter to one address")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def usable(self, now: datetime | None = None) -> Self:
        """Neither ended nor expired nor used up. One table only: a conditional update may rely on it."""
        return self.filter(
            models.Q(expires_at=None) | models.Q(expires_at__gt=now or timezone.now()),
            models.Q(seats=None) | models.Q(taken__lt=models.F("seats")),
            ended_at=None,
        )

    def standing(self, now: datetime | None = None) -> Self:
        """Those that still lead somewhere: usable, and their owner has not left."""
        return self.usable(now).filter(owner__user__is_active=True)

    def personal(self) -> Self:
        return self.filter(purpose=Purpose.PERSONAL, ended_at=None)

    def occasions(self) -> Self:
        return self.filter(purpose=Purpose.OCCASION).order_by("-pk")

    def letters(self) -> Self:
        """Those whose receiver is still remembered, newest first."""
        return self.filter(purpose=Purpose.LETTER).exclude(recipient="").order_by("-pk")


class Invitation(models.Model):
    """What one ally gives out. An ended one leads nowhere; who came by it stays recorded.

    A letter's `code` leads nowhere by itself: its link is signed (`letters.link_of`) and known to its receiver alone.
    Of the receiver only the hash is kept, and what the sender needs to recognise the letter by (`j•••@example.org`).
    """

    owner = models.ForeignKey(Ally, models.CASCADE, related_name="invitations")
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.PERSONAL, editable=False)
    code = models.CharField(max_length=32, unique=True, default=new_code, editable=False)
    words = models.CharField(_("your own words"), max_length=LONGEST_WORDS, blank=True)
    is_signed = models.BooleanField(_("greet with my name"), default=True)
    occasion = models.CharField(_("what for"), max_length=80, blank=True)
    seats = models.PositiveIntegerField(_("for at most so many"), null=True, blank=True)
    taken = models.PositiveIntegerField(default=0, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    recipient = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    shown_address = models.CharField(max_length=80, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("invitation"), _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["owner"],
                condition=models.Q(purpose=Purpose.PERSONAL, ended_at=None),
                name="one_standing_link_per_ally",
            ),
            models.CheckConstraint(
                condition=models.Q(seats=None) | models.Q(taken__lte=models.F("seats")), name="no_seat_is_taken_twice"
            ),
        ]

    def __str__(self) -> str:
        return str(_("an invitation"))

    @property
    def is_over(self) -> bool:
        """Ended or expired. Whether it is used up is not said: it would tell the owner who has come."""
        return self.ended_at is not None or (self.expires_at is not None and self.expires_at <= timezone.now())


class Arrival(models.Model):
    """A login that was made by an invitation, until its person has been welcomed, on this device or another."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="arrivals")
    at = models.DateTimeField(default=timezone.now, editable=False)


class Redemption(models.Model):
    """Somebody came by an invitation: once in their life here, by the database's word."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="redemptions")
    joined = models.OneToOneField(Ally, models.CASCADE, related_name="redemption")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("accepted invitation"), _("accepted invitations")

    def __str__(self) -> str:
        return str(_("an accepted invitation"))


class NeverAgain(models.Model):
    """An address that wants no invitation from here, ever: its keyed hash, and nothing else about it."""

    recipient = models.CharField(max_length=64, primary_key=True)
