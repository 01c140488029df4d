"""Who was where and when: an ally's stay in a unit, kept when they move, and without their name when they leave.

Everything that is counted by unit is counted from these rows, so a move today changes no month before it. Services
write them at the moment (`begin`, `move`, `forget_stays`); `settle` looks after what came or went past the services
(bulk imports, closed logins, erased people), and may run as often as it likes.
"""

from datetime import date
from typing import Self

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from movement.allies.models import Ally, Unit
from movement.allies.unit_history import day_of, today

A_BATCH = 2_000


class Ended(models.TextChoices):
    NOT = "", _("not yet")
    MOVED = "moved", _("moved to another unit")
    LEFT = "left", _("left")


class StayQuerySet(models.QuerySet["Stay"]):
    def open(self) -> Self:
        return self.filter(until=None)

    def on(self, day: date) -> Self:
        """Of those who were there at the end of that day."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)

    def last_ones(self) -> Self:
        """One for each person who was ever here: the stay they are in, or the one after which they left."""
        return self.exclude(ended=Ended.MOVED)


class Stay(models.Model):
    """`joined` is the first day of the month in which the person came, whatever stay this is of theirs. Once they have
    been erased `ally` is None, and the other dates are months as well: no row points at a day, or at somebody.
    """

    ally = models.ForeignKey(Ally, models.SET_NULL, null=True, related_name="stays")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="stays")
    joined = models.DateField()
    since = models.DateField()
    until = models.DateField(null=True)
    ended = models.CharField(max_length=5, choices=Ended, blank=True)

    objects = StayQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("stay in a unit"), _("stays in units")
        indexes = [models.Index(fields=["since", "until"], name="stays_by_time")]
        constraints = [
            models.UniqueConstraint(fields=["ally"], condition=Q(until=None), name="an_ally_is_in_one_place"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="a_stay_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(until=None, ended="") | Q(until__isnull=False, ended__in=["moved", "left"]),
                name="an_end_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(_("a stay in a unit"))


def begin(ally: Ally) -> Stay:
    day = day_of(ally.joined_at)
    return Stay.objects.create(ally=ally, unit=ally.unit, joined=day.replace(day=1), since=day)


def move(ally: Ally) -> None:
    """They say that they work elsewhere: from today on they are counted there."""
    now = Stay.objects.open().filter(ally=ally).first()
    if now is None or now.unit_id == ally.unit_id:
        return
    _end(Stay.objects.filter(pk=now.pk), Ended.MOVED)
    Stay.objects.create(ally=ally, unit=ally.unit, joined=now.joined, since=max(now.since, today()))


def forget_stays(user: User) -> None:
    """They were counted in the months that are over, and still are; by whom, nobody can tell any more."""
    mine = Stay.objects.filter(ally__user=user)
    _end(mine.open(), Ended.LEFT)
    _unlink(Stay.objects.filter(pk__in=list(mine.values_list("pk", flat=True))))


def _end(stays: StayQuerySet, how: Ended) -> None:
    """Today, or on the day it began where that is still to come."""
    day = today()
    stays.filter(since__gt=day).update(until=F("since"), ended=how)
    stays.filter(since__lte=day).update(until=day, ended=how)


def _unlink(stays: StayQuerySet) -> None:
    stays.update(ally=None, since=TruncMonth("since"), until=TruncMonth("until"))


@transaction.atomic
def settle() -> None:
    """Bring the stays up to date with the allies, wherever they were changed. Again: nothing more happens."""
    nameless = Stay.objects.open().filter(ally=None)
    ended = list(nameless.values_list("pk", flat=True))
    _end(nameless, Ended.LEFT)
    for start in range(0, len(ended), A_BATCH):
        _unlink(Stay.objects.filter(pk__in=ended[start : start + A_BATCH]))
    _end(Stay.objects.open().filter(ally__user__is_active=False), Ended.LEFT)
    for ally in Ally.objects.active().filter(Exists(_elsewhere())).iterator(chunk_size=A_BATCH):
        move(ally)
    _begin_missing()


def _elsewhere() -> StayQuerySet:
    """The open stay of an ally (outer query) in another unit than the one they say."""
    stay = Stay.objects.open().filter(ally=OuterRef("pk"))
    either = Q(unit=None) & Q(ally__unit__isnull=False) | Q(unit__isnull=False) & Q(ally__unit=None)
    return stay.filter(either | ~Q(unit=F("ally__unit")) & Q(unit__isnull=False, ally__unit__isnull=False))


def _begin_missing() -> None:
    """Allies without an open stay: since they joined, or since today where they had left and are back."""
    of_ally, day = Stay.objects.filter(ally=OuterRef("pk")), today()
    rows: list[Stay] = []
    missing = Ally.objects.active().filter(~Exists(of_ally.open())).annotate(was_here=Exists(of_ally))
    for ally in missing.only("pk", "unit_id", "joined_at").iterator(chunk_size=A_BATCH):
        since = day if ally.was_here else day_of(ally.joined_at)
        rows.append(Stay(ally_id=ally.pk, unit_id=ally.unit_id, joined=since.replace(day=1), since=since))
        if len(rows) == A_BATCH:
            Stay.objects.bulk_create(rows)
            rows = []
    Stay.objects.bulk_create(rows)
