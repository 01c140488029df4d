"""How it is going, once a month from either end, and the gap between the two: private to them."""

from datetime import UTC, date, datetime
from typing import Any, Self

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally
from movement.personas.models import PersonaCard
from movement.personas.ties import Tie


class Mark(models.IntegerChoices):
    """The answers to one question for both ends: how well is this going?"""

    POORLY = 1, _("poorly")
    SO_SO = 2, _("so-so")
    FAIRLY = 3, _("fairly")
    WELL = 4, _("well")
    VERY_WELL = 5, _("very well")


class RatedAlready(Exception):
    """They have answered for this month; the next one begins on the first."""


class NotTogether(Exception):
    """There are no two who agreed on this card, or this person is neither of them."""


def month_of(moment: datetime) -> date:
    """The first of its month. Months are UTC's for both ends, so that the two never rate in different ones."""
    return moment.astimezone(UTC).date().replace(day=1)


class RatingQuerySet(models.QuerySet["Rating"]):
    def visible_to(self, user: Any) -> Self:
        """One's own, and the other's for each month in which one has answered oneself, as long as the two stand."""
        if not user.is_authenticated:
            return self.none()
        mine = Rating.objects.filter(by__user=user.pk, tie=models.OuterRef("tie"), month=models.OuterRef("month"))
        between = Q(tie__in=Tie.objects.agreed().values("pk"), at__gte=models.F("tie__asked_at")) & models.Exists(mine)
        return self.filter(Q(by__user=user.pk) | between)


class Rating(models.Model):
    """`month` is its first day."""

    tie = models.ForeignKey(Tie, models.CASCADE, related_name="ratings")
    by = models.ForeignKey(Ally, models.CASCADE, related_name="+")
    is_server = models.BooleanField()
    month = models.DateField()
    mark = models.PositiveSmallIntegerField(choices=Mark)
    at = models.DateTimeField(default=timezone.now)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("rating"), _("ratings")
        constraints = [
            models.UniqueConstraint(fields=["tie", "is_server", "month"], name="rated_once_a_month"),
            models.CheckConstraint(condition=Q(mark__gte=1, mark__lte=5), name="a_mark_is_one_to_five"),
        ]
        indexes = [models.Index(fields=["month"], name="ratings_by_month")]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}"


@transaction.atomic
def rate(*, card: PersonaCard, by: Ally, mark: int) -> Rating:
    """`by`, one of the two who agreed on this card, says how it is going this month. Raises NotTogether, RatedAlready.

    What is said stays: whoever could change it after reading the other's would be rating that.
    """
    tie = Tie.objects.agreed().visible_to(by.user).filter(card=card).first()
    if tie is None:
        raise NotTogether
    now = timezone.now()
    is_server = (card.owner_id == by.pk) == card.is_by_server
    try:
        with transaction.atomic():
            return Rating.objects.create(
                tie=tie, by=by, is_server=is_server, month=month_of(now), mark=Mark(mark), at=now
            )
    except IntegrityError as error:
        raise RatedAlready from error
