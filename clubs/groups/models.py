"""Reading groups, who is in them, and who would like to be."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from movement.allies.models import SHOWN, Ally

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

#: A group that talks round one table; the form asks for no more.
LARGEST_CAP = 500


def fresh_nonce() -> str:
    """Goes into a club's invitations: another one ends those that are about."""
    return get_random_string(16)


class Access(models.TextChoices):
    OPEN = "open", _("Open: whoever likes may join")
    REQUEST = "request", _("By request: whoever asks is let in by an organiser")
    PRIVATE = "private", _("Private: nobody but its members knows of it")


class ClubQuerySet(models.QuerySet["Club"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Open and request clubs are everybody's to see; a private one is there for its members alone."""
        public = self.filter(~models.Q(access=Access.PRIVATE))
        if not user.is_authenticated:
            return public
        mine = Membership.objects.filter(club=models.OuterRef("pk"), ally__user=user.pk)
        return self.filter(~models.Q(access=Access.PRIVATE) | models.Exists(mine))

    def of(self, ally: Ally) -> Self:
        return self.filter(memberships__ally=ally)

    def open(self) -> Self:
        return self.filter(access=Access.OPEN)

    def with_fullness(self) -> Self:
        """Each with `is_full`: whether its cap is reached."""
        counted = Membership.objects.filter(club=models.OuterRef("pk")).order_by().values("club")
        taken = Coalesce(models.Subquery(counted.annotate(n=models.Count("pk")).values("n")), 0)
        return self.annotate(
            taken=taken,
            is_full=models.Case(
                models.When(cap__isnull=False, taken__gte=models.F("cap"), then=True),
                default=False,
                output_field=models.BooleanField(),
            ),
        )


class Club(models.Model):
    """A reading group. Its public page, where it has one, names no member and counts none."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), max_length=80, unique=True, editable=False)
    purpose = models.CharField(_("what for"), max_length=500)
    access = models.CharField(_("who may join"), max_length=8, choices=Access, default=Access.OPEN)
    cap = models.PositiveSmallIntegerField(_("at most so many members"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    invite_nonce = models.CharField(max_length=16, default=fresh_nonce, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = ClubQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("reading group"), _("reading groups")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(cap=None) | models.Q(cap__gte=1), name="a_club_has_room_for_one")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("clubs:club", kwargs={"slug": self.slug})

    @property
    def is_private(self) -> bool:
        return self.access == Access.PRIVATE


class MembershipQuerySet(models.QuerySet["Membership"]):
    def shown(self) -> Self:
        """Those whom their fellow members may see: neither the quiet ones nor those who left the site."""
        seen = Ally.objects.active().filter(SHOWN)
        return self.filter(ally__in=seen).select_related("ally__unit__parent")

    def organisers(self) -> Self:
        return self.filter(is_organiser=True)

    def longest_first(self) -> Self:
        return self.order_by("-is_organiser", "joined_at", "pk")


class Membership(models.Model):
    club = models.ForeignKey(Club, models.CASCADE, related_name="memberships")
    ally = models.ForeignKey(Ally, models.CASCADE, related_name="memberships")
    is_organiser = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("membership"), _("memberships")
        constraints = [models.UniqueConstraint(fields=["club", "ally"], name="one_membership_per_club_and_ally")]

    def __str__(self) -> str:
        return str(_("a membership"))


class JoinRequest(models.Model):
    """Somebody asks to be let in; the row goes when an organiser has answered."""

    club = models.ForeignKey(Club, models.CASCADE, related_name="join_requests")
    ally = models.ForeignKey(Ally, models.CASCADE, related_name="join_requests")
    words = models.CharField(_("a word to the organiser"), max_length=280, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("request to join"), _("requests to join")
        constraints = [models.UniqueConstraint(fields=["club", "ally"], name="one_request_per_club_and_ally")]

    def __str__(self) -> str:
        return str(_("a request to join"))
