"""The stakeholder lens: a decision in a sentence, its options, and what each does to whom, now and in a year."""

from datetime import date, datetime
from typing import Any, Self

from dateutil.relativedelta import relativedelta
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.actions.audiences import with_circles_of
from movement.actions.models import Audience
from movement.allies.models import Ally, Visibility
from movement.editing import Edited

LONGEST, LONGEST_BACKGROUND, LONGEST_HAPPENED = 160, 1000, 2000
LONGEST_OPTION, LONGEST_NAME, LONGEST_WORD = 80, 60, 80
MOST_OPTIONS, FEWEST_OPTIONS, MOST_OWN = 4, 2, 3
#: So many months later its writer is asked what came of it.
ASKED_AFTER = 3


class Standing(models.IntegerChoices):
    """Those whom nearly every decision touches."""

    CUSTOMERS = 1, _("Customers")
    EMPLOYEES = 2, _("Employees")
    SUPPLIERS = 3, _("Suppliers")
    COMMUNITY = 4, _("Community")
    INVESTORS = 5, _("Investors")


#: Stakeholders of one's own stand after those.
OWN_PLACES = tuple(range(len(Standing) + 1, len(Standing) + 1 + MOST_OWN))


class When(models.TextChoices):
    NOW = "now", _("now")
    YEAR = "year", _("in a year")


class Score(models.IntegerChoices):
    """How it is for somebody, compared with leaving things as they are."""

    MUCH_BETTER = 2, _("+2: much better")
    BETTER = 1, _("+1: better")
    SAME = 0, _("0: no difference")
    WORSE = -1, _("−1: worse")
    MUCH_WORSE = -2, _("−2: much worse")


#: `movement.allies.models.SHOWN` of the ally who wrote it.
SHOWN_OWNER = (models.Q(owner__visibility=Visibility.OPEN) & ~models.Q(owner__name="")) | (
    models.Q(owner__visibility=Visibility.ALIAS) & ~models.Q(owner__alias="")
)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: Any) -> Self:
        """One's own, what others show to allies, and what those who are seen show to circles that they share with
        this person. Nothing for somebody who is no ally."""
        if not user.is_authenticated:
            return self.none()
        circles = models.Q(audience=Audience.CIRCLES) & SHOWN_OWNER & with_circles_of(user, "owner")
        shown = (models.Q(audience=Audience.ALLIES) | circles) & models.Q(owner__user__is_active=True)
        viewer = Ally.objects.filter(user_id=user.pk)
        return self.filter(models.Exists(viewer)).filter(shown | models.Q(owner__user_id=user.pk))

    def newest_first(self) -> Self:
        return self.order_by("-written_at", "-pk")

    def before(self, key: tuple[datetime, int] | None) -> Self:
        if key is None:
            return self
        moment, number = key
        return self.filter(models.Q(written_at__lt=moment) | models.Q(written_at=moment, pk__lt=number))

    def to_look_back_on(self, day: date) -> Self:
        """Whose quarter is over by that day, and whose writer has neither been asked nor told it by themselves."""
        return self.filter(ask_on__lte=day, asked_at=None, happened="", owner__user__is_active=True)


class Decision(Edited):
    """`happened` is what came of it: asked once, on `ask_on`, or told without being asked."""

    owner = models.ForeignKey(Ally, models.CASCADE, related_name="decisions")
    text = models.CharField(_("the decision"), max_length=LONGEST)
    background = models.TextField(_("what one should know"), max_length=LONGEST_BACKGROUND, blank=True)
    audience = models.CharField(_("who may see it"), max_length=8, choices=Audience, default=Audience.ONLY_ME)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    ask_on = models.DateField(editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    happened = models.TextField(_("what happened"), max_length=LONGEST_HAPPENED, blank=True)
    happened_at = models.DateTimeField(null=True, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("decision"), _("decisions")
        indexes = [
            models.Index(fields=["owner", "-written_at", "-id"], name="decisions_of_owner"),
            models.Index(fields=["audience", "-written_at", "-id"], name="decisions_shown"),
            models.Index(fields=["ask_on"], condition=models.Q(asked_at=None, happened=""), name="decisions_to_ask"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("movement:decision", args=[self.pk])

    @property
    def shown_name(self) -> str | None:
        """The name its writer chose for then; None for a quiet one. It is not a way to an alias chosen later."""
        return self.owner.shown_name_on(self.written_at)

    @property
    def by(self) -> str:
        return self.shown_name or str(_("An ally"))


class Option(models.Model):
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(_("option"), max_length=LONGEST_OPTION)

    class Meta:
        verbose_name, verbose_name_plural = _("option"), _("options")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "place"], name="one_option_for_a_place"),
            models.CheckConstraint(
                condition=models.Q(place__gte=1, place__lte=MOST_OPTIONS), name="two_to_four_options"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Stakeholder(Edited):
    """`place` says which of the standing ones it is; those of one's own come after, and have a `name`."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="stakeholders")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("stakeholder"), _("stakeholders")
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["decision", "place"], name="one_stakeholder_for_a_place")]

    def __str__(self) -> str:
        return self.name or str(Standing(self.place).label)


class Effect(models.Model):
    """What an option does to somebody, then. Without a `score` it is not known yet; the word may be there already."""

    option = models.ForeignKey(Option, models.CASCADE, related_name="effects")
    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="effects")
    when = models.CharField(max_length=4, choices=When)
    score = models.SmallIntegerField(null=True, choices=Score)
    word = models.CharField(_("why"), max_length=LONGEST_WORD, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("effect"), _("effects")
        constraints = [
            models.UniqueConstraint(fields=["option", "stakeholder", "when"], name="one_effect_of_an_option_then"),
            models.CheckConstraint(
                condition=models.Q(score__gte=-2, score__lte=2), name="effects_from_minus_two_to_two"
            ),
        ]

    def __str__(self) -> str:
        return str(_("an effect"))


def ask_on_of(day: date) -> date:
    return day + relativedelta(months=ASKED_AFTER)
