"""Who is in a reading group, and by what name the others there know them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally, Unit, Visibility, random_id
from movement.allies.names import SkeletonField

#: Quiet everywhere, but known in this one club by an alias of its own.
BY_CLUB_ALIAS = models.Q(ally__visibility=Visibility.QUIET) & ~models.Q(alias="")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def shown(self) -> Self:
        """Those whom their fellow members may see: neither those who are unseen nor those who left the site."""
        seen = models.Exists(Ally.objects.shown_to_allies().filter(pk=models.OuterRef("ally"))) | BY_CLUB_ALIAS
        return self.filter(seen, ally__user__is_active=True).select_related("ally__unit__parent")

    def organisers(self) -> Self:
        return self.filter(is_organiser=True)

    def longest_first(self) -> Self:
        return self.order_by("-is_organiser", "joined_at", "pk")


class Membership(models.Model):
    """`alias` is a quiet ally's name for this club alone; without it they are unseen here as everywhere.

    `public_id` stands in addresses: a running number would tell how many joined unseen in between. `asked_at`: when
    they were asked to take the club over, while it looks for somebody. `caught_up_at`: when they were told of what had
    been set before they came.
    """

    club = models.ForeignKey("clubs.Club", models.CASCADE, related_name="memberships")
    ally = models.ForeignKey(Ally, models.CASCADE, related_name="memberships")
    public_id = models.PositiveBigIntegerField(unique=True, default=random_id, editable=False)
    is_organiser = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    alias = models.CharField(_("alias in this group"), max_length=40, blank=True)
    alias_key = SkeletonField(of="alias")
    alias_since = models.DateTimeField(null=True, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    caught_up_at = models.DateTimeField(null=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("membership"), _("memberships")
        indexes = [models.Index(fields=["joined_at"], condition=models.Q(caught_up_at=None), name="new_in_a_club")]
        constraints = [
            models.UniqueConstraint(fields=["club", "ally"], name="one_membership_per_club_and_ally"),
            models.UniqueConstraint(
                fields=["club", "alias_key"], condition=~models.Q(alias_key=""), name="one_member_per_alias_and_club"
            ),
        ]

    def __str__(self) -> str:
        return str(_("a membership"))

    @property
    def shown_name(self) -> str | None:
        """The only name that a page of the club may print; None means: do not show at all."""
        if self.ally.visibility == Visibility.QUIET:
            return self.alias or None
        return self.ally.shown_name

    def shown_name_on(self, made_at: datetime) -> str | None:
        """Beside something made then: an alias never stands beside what was made before it was taken."""
        if self.ally.visibility == Visibility.QUIET:
            return self.alias if self.alias and self.alias_since and made_at >= self.alias_since else None
        return self.ally.shown_name_on(made_at)

    @property
    def shown_place(self) -> Unit | None:
        return self.ally.shown_place

    @property
    def is_by_alias(self) -> bool:
        return self.ally.visibility != Visibility.OPEN
