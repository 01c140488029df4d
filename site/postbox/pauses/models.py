"""Who wants no mail until a day of their choice."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class PauseQuerySet(models.QuerySet["Pause"]):
    def on(self, now: datetime | None = None) -> Self:
        return self.filter(ends_at__gt=now or timezone.now())


class Pause(models.Model):
    """From `since` until `ends_at` nothing by choice is mailed to this person; the digest of that moment tells of it.

    The row stays until that digest is out. `recipient` is the hash of their address.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    recipient = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)

    objects = PauseQuerySet.as_manager()

    def covers(self, moment: datetime) -> bool:
        return self.since < moment <= self.ends_at
