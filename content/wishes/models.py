"""Who wants to hear of one announced part of a series."""

from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.pages.sorting import AnnouncedPart


class PartWishQuerySet(models.QuerySet["PartWish"]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def at(self, email: str) -> Self:
        return self.filter(email__iexact=email.strip())

    def untold(self) -> Self:
        return self.filter(told_at=None)


class PartWish(models.Model):
    """An address that gets one mail when the part is out, and is forgotten once that mail has gone.

    `tries` tells the mails apart when an article was taken back before its mail left, and came out again later.
    """

    part = models.ForeignKey(AnnouncedPart, models.CASCADE, related_name="wishes")
    email = models.EmailField(_("e-mail address"))
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, editable=False, db_index=True)
    told_event = models.CharField(max_length=80, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = PartWishQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("wish to hear of a part"), _("wishes to hear of a part")
        constraints = [models.UniqueConstraint("part", Lower("email"), name="one_wish_per_part_and_address")]

    def __str__(self) -> str:
        return f"wish {self.pk}"
