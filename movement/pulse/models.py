"""What a pulse asks, of whom and until when; and what came of it. How answers are kept is in `papers`."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _in
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally, Unit

FEWEST_QUESTIONS, MOST_QUESTIONS = 1, 5
SHORTEST, LONGEST = timedelta(weeks=1), timedelta(weeks=3)
LONGEST_STATEMENT = 160
#: How long an answer takes, as far as one can say beforehand: two statements to a question, and a text.
SECONDS_A_QUESTION, SECONDS_A_TEXT = 25, 40


class Question(models.Model):
    """One of the pool: the same thing, said by the one who serves and by the one who is served."""

    topic = models.CharField(_("about"), max_length=60, unique=True)
    serving = models.CharField(
        _("as the one who serves"),
        max_length=LONGEST_STATEMENT,
        help_text=_("A sentence that is true never, sometimes or nearly always: “What others need of us, they get …”"),
    )
    served = models.CharField(
        _("as the one who is served"),
        max_length=LONGEST_STATEMENT,
        help_text=_("The same, seen from the other end: “What we need of others, we get …”"),
    )
    is_offered = models.BooleanField(_("offered for the next pulse"), default=True)

    class Meta:
        verbose_name, verbose_name_plural = _("question of a pulse"), _("questions of a pulse")
        ordering = ["topic"]

    def __str__(self) -> str:
        return self.topic


class Audience(models.TextChoices):
    ALLIES = "allies", _("All allies, here on the site")
    EVERYONE = "everyone", _("Everyone in the organisation, by a ticket in their mail")


class PulseQuerySet(models.QuerySet["Pulse"]):
    def open(self) -> Self:
        """Those that take answers at this moment, by the clock, whatever has run meanwhile."""
        now = timezone.now()
        return self.filter(opens_at__lte=now, closes_at__gt=now, closed_at=None)

    def closed(self) -> Self:
        """Those whose results stand, newest first."""
        return self.filter(results_at__isnull=False).order_by("-closed_at", "-pk")

    def visible_to(self, user: Any) -> Self:
        """What has opened, for allies. What is only planned is seen at the stewards' desk alone."""
        if not user.is_authenticated:
            return self.none()
        viewer = Ally.objects.filter(user_id=user.pk)
        return self.filter(Exists(viewer), opens_at__lte=timezone.now(), called_off_at=None)


class Pulse(models.Model):
    """A few questions to many people, for one to three weeks. Nothing of it is known to anybody before its close.

    `closed_at` is set once, by the clock or a steward: from then on no answer comes in. `results_at` is set once, by
    the worker, in the transaction that writes the results and destroys the answers. `asked` and `took_part` are to the
    nearest five; None stands for fewer than five. `called_off_at` is set, with `closed_at`, where a list held no
    address at all: nobody could take part, so nothing is counted or told.
    """

    wagtail_reference_index_ignore = True

    audience = models.CharField(_("who is asked"), max_length=8, choices=Audience, default=Audience.ALLIES)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    asks_text = models.BooleanField(_("ask for a few words as well"), default=True)
    reads_texts = models.BooleanField(_("a steward reads the words before they are shown"), default=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    called_off_at = models.DateTimeField(null=True, editable=False)
    results_at = models.DateTimeField(null=True, editable=False)
    texts_at = models.DateTimeField(null=True, editable=False)
    announced_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    asked = models.PositiveIntegerField(null=True, editable=False)
    took_part = models.PositiveIntegerField(null=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = PulseQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("pulse"), _("pulses")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opens_at")), name="a_pulse_ends_after_it_begins"
            ),
            # Two at once would show the same people twice, and what lies between two counts is a person.
            models.UniqueConstraint(
                fields=["audience"], condition=Q(closed_at=None), name="one_pulse_at_a_time_for_an_audience"
            ),
        ]
        indexes = [models.Index(fields=["opens_at"], name="pulse_opens")]

    def __str__(self) -> str:
        return _in("Pulse of %(month)s") % {"month": date_format(timezone.localtime(self.opens_at), "F Y")}

    def get_absolute_url(self) -> str:
        return reverse("movement:pulse", args=[self.pk])

    @property
    def days(self) -> str:
        """ "16 to 30 July": tells two pulses of one month apart."""
        first, last = timezone.localtime(self.opens_at), timezone.localtime(self.closed_at or self.closes_at)
        begins = "j" if (first.year, first.month) == (last.year, last.month) else "j F"
        return _in("%(first)s to %(last)s") % {"first": date_format(first, begins), "last": date_format(last, "j F")}

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.opens_at <= timezone.now() < self.closes_at

    @property
    def has_opened(self) -> bool:
        return self.opens_at <= timezone.now()

    @property
    def is_for_allies(self) -> bool:
        return self.audience == Audience.ALLIES

    @property
    def is_too_few(self) -> bool:
        """Fewer than five people answered: nothing is shown, and nothing was kept."""
        return self.results_at is not None and self.took_part is None

    @property
    def percent(self) -> int | None:
        """How many of a hundred took part, from the published numbers."""
        if not self.asked or self.took_part is None:
            return None
        return min(100, round(100 * self.took_part / self.asked))

    def minutes(self, questions: int) -> int:
        """About how long it takes; never less than one."""
        seconds = questions * SECONDS_A_QUESTION + (SECONDS_A_TEXT if self.asks_text else 0)
        return max(1, round(seconds / 60))


class Asked(models.Model):
    """A question as this pulse asks it: what the pool says later changes nothing here."""

    pulse = models.ForeignKey(Pulse, models.CASCADE, related_name="questions")
    question = models.ForeignKey(Question, models.SET_NULL, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=60)
    serving = models.CharField(max_length=LONGEST_STATEMENT)
    served = models.CharField(max_length=LONGEST_STATEMENT)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["pulse", "position"], name="one_question_in_a_place"),
            models.CheckConstraint(
                condition=Q(position__gte=FEWEST_QUESTIONS, position__lte=MOST_QUESTIONS), name="one_to_five_questions"
            ),
        ]

    def __str__(self) -> str:
        return self.topic


class ResultQuerySet(models.QuerySet["Result"]):
    def visible_to(self, user: Any) -> Self:
        """Everything that was frozen, for allies; nothing else was ever written."""
        return self.filter(pulse__in=Pulse.objects.visible_to(user), pulse__results_at__isnull=False)

    def published(self, pulse: Pulse) -> Self:
        """Those of a pulse that somebody sees as an ally or by their ticket."""
        return self.filter(pulse=pulse, pulse__results_at__isnull=False)


class Result(models.Model):
    """What may be shown of one question, for the whole organisation (`unit` None, `place` empty) or a unit, frozen at
    the close. `told` holds published figures only (`counting.told`). `people` is exact, and never shown as it is: the
    next pulse needs it to say whether the two may be compared.
    """

    wagtail_reference_index_ignore = True

    asked = models.ForeignKey(Asked, models.CASCADE, related_name="results")
    pulse = models.ForeignKey(Pulse, models.CASCADE, related_name="results")
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="+")
    place = models.CharField(max_length=80, blank=True)
    people = models.PositiveIntegerField()
    told = models.JSONField()

    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = ["asked__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["asked", "unit"], name="one_result_per_question_and_unit"),
            models.UniqueConstraint(fields=["asked"], condition=Q(place=""), name="one_result_for_the_whole"),
            models.CheckConstraint(condition=Q(people__gte=5), name="no_result_of_fewer_than_five"),
        ]

    def __str__(self) -> str:
        return f"{self.place or _in('The whole organisation')}: {self.asked_id}"
