"""Where the published pages point: what they recommend, what they rest on, and the links within their text."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from content.closed import closed_to

LONGEST_ADDRESS = 500
#: A link is dead when it failed on so many different days in a row.
DAYS_TO_DIE = 3


class LinkQuerySet(models.QuerySet["Link"]):
    def public_ones(self) -> Self:
        """On pages that every visitor may read."""
        return self.filter(page__live=True).exclude(closed_to(path="page__path"))

    def resources(self) -> Self:
        return self.filter(kind=Link.Kind.RESOURCE)

    def dead(self) -> Self:
        """What editors have to look at, the longest dead first."""
        dead = LinkCheck.objects.dead()
        since, why = (dead.of_link().values(field)[:1] for field in ("failing_since", "why"))
        found = self.filter(address__in=dead.values("address")).annotate(since=since, why=why)
        return found.order_by("since", "pk")


class Link(models.Model):
    """One link of a page as it is published; written anew at each publication (see `content.links.gathering`).

    `address` is a path of this site, a whole address, or `page:<id>` for one that was chosen from the pages of this
    site; empty for a resource without one (a book).
    """

    class Kind(models.TextChoices):
        RESOURCE = "resource", _("To go further")
        SOURCE = "source", _("Source")
        TEXT = "text", _("In the text")

    page = models.ForeignKey(Page, models.CASCADE, related_name="links_within")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=250)
    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS, blank=True, db_index=True)
    good_for = models.CharField(_("what it is good for"), max_length=250, blank=True)
    place = models.PositiveIntegerField()

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("link"), _("links")
        ordering = ["page", "place"]

    def __str__(self) -> str:
        return self.title or self.address


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def dead(self) -> Self:
        return self.filter(failed_days__gte=DAYS_TO_DIE)

    def of_link(self) -> Self:
        return self.filter(address=models.OuterRef("address"))

    def due(self, every: timedelta) -> Self:
        """Not looked at for so long; those that failed are looked at again on the next day."""
        now = timezone.now()
        today = timezone.localdate()
        return self.filter(
            models.Q(checked_at=None)
            | models.Q(failed_days=0, checked_at__lte=now - every)
            | models.Q(failed_days__range=(1, DAYS_TO_DIE - 1), last_failed_on__lt=today)
            | models.Q(failed_days__gte=DAYS_TO_DIE, checked_at__lte=now - every)
        )


class LinkCheck(models.Model):
    """What is known of one address, whatever number of pages point there."""

    address = models.CharField(max_length=LONGEST_ADDRESS, unique=True)
    checked_at = models.DateTimeField(null=True, db_index=True)
    failed_days = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateField(_("since"), null=True)
    last_failed_on = models.DateField(null=True)
    why = models.CharField(_("why"), max_length=200, blank=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["failed_days"])]

    def __str__(self) -> str:
        return self.address
