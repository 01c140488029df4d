"""Who gets a digest, of what, and what each one told."""

from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from postbox.addresses import HashedField
from postbox.pauses.models import Pause


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("Every Monday, at 8 in the morning")
    MONTHLY = "monthly", _("On the first of the month, at 8 in the morning")


class DigestReaderQuerySet(models.QuerySet["DigestReader"]):
    def due(self, now: datetime) -> Self:
        """Whoever has asked for quiet waits until it ends."""
        asleep = Pause.objects.on(now).filter(recipient=models.OuterRef("recipient"))
        return self.filter(~models.Exists(asleep), next_at__lte=now).order_by("next_at", "pk")

    def at(self, email: str) -> Self:
        return self.filter(email__iexact=email.strip())


class DigestReader(models.Model):
    """An address at one rhythm: one mail each time, whatever it holds. It stays as long as it has a `DigestChoice`.

    `user` is the person who signs in with this address, if there is one. `next_at` is an instant; the clock that it is
    eight by is `zone`'s, looked at again when it is due.
    """

    email = models.EmailField(_("e-mail address"))
    recipient = HashedField(of="email")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    rhythm = models.CharField(max_length=8, choices=Rhythm)
    timezone = models.CharField(max_length=64, blank=True)
    next_at = models.DateTimeField(db_index=True)

    objects = DigestReaderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "rhythm"], name="one_digest_per_address_and_rhythm")
        ]

    def __str__(self) -> str:
        return f"digest reader {self.pk}"

    @property
    def zone(self) -> ZoneInfo:
        """Where they signed in they said which; an address without a login said it when it subscribed."""
        return ZoneInfo((self.user.timezone if self.user else "") or self.timezone or settings.TIME_ZONE)


class DigestChoice(models.Model):
    """A section that this reader wants; what happened after `told_until` is still to be told."""

    reader = models.ForeignKey(DigestReader, models.CASCADE, related_name="choices")
    section = models.CharField(max_length=40)
    told_until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "section"], name="a_section_is_chosen_once")]

    def __str__(self) -> str:
        return self.section


class Digest(models.Model):
    """One that was written: the row lets it be written once for a morning, and says what it told.

    `told` holds by section the moment from which it tells: what that is is looked up as it goes out.
    """

    reader = models.ForeignKey(DigestReader, models.CASCADE, related_name="digests")
    #: The day by the reader's own calendar.
    morning = models.DateField()
    until = models.DateTimeField()
    told = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "morning"], name="one_digest_per_reader_and_morning")]

    def __str__(self) -> str:
        return f"digest {self.pk}"

    @property
    def event(self) -> str:
        return f"digest:{self.pk}"
