"""Whom a club's organisers have removed for good: they get in by no door until an organiser lifts it.

The row is written in the transaction that ends the membership, and asked for after a new one is written
(`services.admit`). One membership a club and ally is the table's own constraint: whoever joins again in the very
moment of being removed waits for that row to go, and then finds this one.
"""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.groups.members import Membership
from clubs.groups.models import Club, JoinRequest, Waiting
from movement.allies.models import Ally


class KeptOutQuerySet(models.QuerySet["KeptOut"]):
    def of(self, ally: Ally) -> "KeptOutQuerySet":
        return self.filter(ally=ally)


class KeptOut(models.Model):
    """`called` is the name they had in the club: their present one could be one they took to be somebody else."""

    club = models.ForeignKey(Club, models.CASCADE, related_name="kept_out")
    ally = models.ForeignKey(Ally, models.CASCADE, related_name="kept_out_of")
    called = models.CharField(max_length=80)
    since = models.DateTimeField(default=timezone.now)

    objects = KeptOutQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("somebody kept out of a club"), _("people kept out of clubs")
        ordering = ["-since", "-pk"]
        constraints = [models.UniqueConstraint(fields=["club", "ally"], name="one_is_kept_out_of_a_club_once")]

    def __str__(self) -> str:
        return str(_("somebody kept out of a club"))


def is_kept_out(*, club: Club, ally: Ally) -> bool:
    return KeptOut.objects.of(ally).filter(club=club).exists()


@transaction.atomic
def keep_out(membership: Membership) -> None:
    """In the transaction that ends this membership, which has a name that its fellows see."""
    club, ally = membership.club, membership.ally
    KeptOut.objects.get_or_create(club=club, ally=ally, defaults={"called": membership.shown_name or ""})
    Waiting.objects.filter(club=club, ally=ally).delete()
    JoinRequest.objects.filter(club=club, ally=ally).delete()


def let_back(*, kept: KeptOut) -> None:
    """The club's doors are to them what they are to everybody; they are not told, and come if they like."""
    kept.delete()
