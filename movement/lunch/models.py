"""Lunch across departments: what an ally wishes for, the rounds that bring people together, and who sat with whom."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.allies.models import SHOWN, Ally

LONGEST_REACH = 200
#: How long one is asked whether one has met.
ASKED_FOR = timedelta(weeks=4)


class Rhythm(models.IntegerChoices):
    """In weeks."""

    WEEKLY = 1, _("Every week")
    FORTNIGHTLY = 2, _("Every other week")
    MONTHLY = 4, _("Every four weeks")


class Weekday(models.TextChoices):
    """As in `date.isoweekday`."""

    MONDAY = "1", _("Monday")
    TUESDAY = "2", _("Tuesday")
    WEDNESDAY = "3", _("Wednesday")
    THURSDAY = "4", _("Thursday")
    FRIDAY = "5", _("Friday")


class LunchWishQuerySet(models.QuerySet["LunchWish"]):
    def visible_to(self, user: Any) -> Self:
        """One's own. Who has lunch with whom is between those who do."""
        return self.filter(ally__user_id=user.pk) if user.is_authenticated else self.none()

    def standing(self) -> Self:
        """Of those who are shown by a name, and appear as they did when they wished for it: what they give to be
        reached by could belong to another name."""
        shown = Ally.objects.active().filter(SHOWN)
        return self.filter(ally__in=shown, ally__appears_since__lte=F("saved_at"))

    def coming(self, monday: date) -> Self:
        """Not pausing in the week that begins on that day."""
        return self.filter(Q(paused_until=None) | Q(paused_until__lte=monday))


class LunchWish(models.Model):
    """One for each ally who takes part. `days` holds the weekdays that suit, as digits from 1 (Monday)."""

    ally = models.OneToOneField(Ally, models.CASCADE, related_name="lunch_wish")
    rhythm = models.PositiveSmallIntegerField(_("how often"), choices=Rhythm, default=Rhythm.FORTNIGHTLY)
    days = models.CharField(_("days"), max_length=5)
    reach = models.CharField(_("how to reach me"), max_length=LONGEST_REACH)
    paused_until = models.DateField(_("pause until"), null=True, blank=True)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = LunchWishQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("wish for lunch"), _("wishes for lunch")

    def __str__(self) -> str:
        return str(_("a wish for lunch"))

    @property
    def stands(self) -> bool:
        return self.ally.shown_name_since(self.saved_at) is not None


class LunchRound(models.Model):
    """One a week, named by its Monday. `matched_at` is set with its lunches, in one transaction."""

    monday = models.DateField(unique=True)
    matched_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("round of lunches"), _("rounds of lunches")

    def __str__(self) -> str:
        return self.monday.isoformat()


class Lunch(models.Model):
    """Two or three at one table. `starts_at` is a proposal; they may agree on another hour."""

    round = models.ForeignKey(LunchRound, models.CASCADE, related_name="lunches")
    starts_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("lunch"), _("lunches")

    def __str__(self) -> str:
        return str(_("a lunch"))


class Met(models.TextChoices):
    UNSAID = "unsaid", _("not said")
    YES = "yes", _("we met")
    NO = "no", _("it did not work out")


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, user: Any) -> Self:
        """One's own; of the others at the table, `queries` shows whoever is still shown."""
        return self.filter(ally__user_id=user.pk) if user.is_authenticated else self.none()

    def at_a_table(self) -> Self:
        return self.filter(lunch__isnull=False)


class Seat(models.Model):
    """An ally in a round. Without a lunch, nobody was found for them: they are told, and come first the next time."""

    round = models.ForeignKey(LunchRound, models.CASCADE, related_name="seats")
    ally = models.ForeignKey(Ally, models.CASCADE, related_name="seats")
    lunch = models.ForeignKey(Lunch, models.CASCADE, null=True, related_name="seats")
    reach = models.CharField(max_length=LONGEST_REACH, blank=True)
    met = models.CharField(max_length=6, choices=Met, default=Met.UNSAID)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("seat at a lunch"), _("seats at lunches")
        constraints = [models.UniqueConstraint(fields=["round", "ally"], name="one_seat_per_round_and_ally")]
        indexes = [models.Index(fields=["ally", "-round"], name="seats_of_an_ally")]

    def __str__(self) -> str:
        return str(_("a seat at a lunch"))

    def get_absolute_url(self) -> str:
        return reverse("movement:lunch_with", args=[self.pk])
