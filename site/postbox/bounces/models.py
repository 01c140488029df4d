"""Addresses that mail does not reach."""

from typing import Self

from django.db import models


class TroubledQuerySet(models.QuerySet["Troubled"]):
    def suppressed(self) -> Self:
        return self.filter(suppressed_at__isnull=False)


class Troubled(models.Model):
    """An address that sent mail back, by its hash. `shown` is enough to ask its owner, and no more.

    `soft` counts failures that may pass and fades with time, as of `last_at`. `reason` is the last refusal's code
    alone. A suppressed address gets nothing that somebody chose to get; its subscriptions stay.
    """

    recipient = models.CharField(max_length=64, primary_key=True)
    shown = models.CharField(max_length=254)
    hard = models.PositiveSmallIntegerField(default=0)
    soft = models.FloatField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    last_at = models.DateTimeField()
    suppressed_at = models.DateTimeField(null=True, db_index=True)

    objects = TroubledQuerySet.as_manager()


class Bounce(models.Model):
    """That one mail of ours came back. The row makes it count once, however often it is told."""

    message_id = models.CharField(max_length=255, unique=True)
    at = models.DateTimeField(auto_now_add=True)
