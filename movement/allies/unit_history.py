"""How units stood before: dated headcounts, and the division each belonged to.

The latest row says what holds now, and the earliest stands for all that was before it. `Unit.save` writes the rows, so
the CMS, the import and code keep the past alike; two changes on one day are one, so a slip that is put right at once
leaves no trace.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from movement.allies.models import Unit

#: More than work in one unit anywhere; keeps sums inside the database's integers.
MOST_PEOPLE = 1_000_000
TOO_MANY = _("A unit has at most one million people. Please look at the number again.")
#: A headcount from before that is a slip in the year.
OLDEST_YEARS = 100


def today() -> date:
    """Months are counted in UTC, so what is dated for them is as well."""
    return timezone.now().astimezone(UTC).date()


def day_of(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def _day(day: date | None) -> str:
    return date_format(day) if day else ""


class Headcount(models.Model):
    """From `since` on, so many people work there. Stewards mend these rows in the CMS."""

    unit = models.ForeignKey("movement.Unit", models.CASCADE, related_name="headcounts", verbose_name=_("unit"))
    since = models.DateField(_("since"), default=today)
    people = models.PositiveIntegerField(_("headcount"))

    class Meta:
        verbose_name, verbose_name_plural = _("headcount"), _("headcounts over time")
        ordering = ["unit", "-since"]
        constraints = [models.UniqueConstraint(fields=["unit", "since"], name="one_headcount_per_unit_and_day")]

    def __str__(self) -> str:
        return f"{self.unit}, {self.since:%d %B %Y}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The newest row is what the unit says of itself."""
        super().save(*args, **kwargs)
        rows = Headcount.objects.filter(unit=self.unit_id)
        if not rows.filter(since__gt=self.since).exists():
            type(self.unit).objects.filter(pk=self.unit_id).update(headcount=self.people)

    def clean(self) -> None:
        if self.people is not None and self.people > MOST_PEOPLE:
            raise ValidationError({"people": TOO_MANY})
        if self.since and self.since > today():
            raise ValidationError({"since": _("Please note it when that day has come.")})
        if self.since and self.since.year < today().year - OLDEST_YEARS:
            raise ValidationError({"since": _("That is more than a hundred years ago. Please look at the year again.")})
        if self.since and self.unit_id:
            self._check_unit()

    def _check_unit(self) -> None:
        """It was there that day, and people worked in it rather than in its departments. How many allies it has is not
        compared: a number refused for being lower would tell their count."""
        unit = self.unit
        said = {"unit": unit.name, "opened": _day(unit.opened_on), "closed": _day(unit.closed_on)}
        if unit.opened_on and self.since < unit.opened_on:
            raise ValidationError({"since": _("“%(unit)s” is there since %(opened)s only.") % said})
        if unit.closed_on and self.since >= unit.closed_on:
            raise ValidationError({"since": _("“%(unit)s” was closed on %(closed)s.") % said})
        if unit not in Past(list(type(unit).objects.all())).workplaces(self.since):
            text = _("“%(unit)s” is counted by its departments. Enter theirs instead.")
            raise ValidationError({"unit": text % said})


class Belonging(models.Model):
    """From `since` on, the unit belongs to `division`, or is one itself (None)."""

    unit = models.ForeignKey("movement.Unit", models.CASCADE, related_name="belongings")
    since = models.DateField(default=today)
    division = models.ForeignKey("movement.Unit", models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("division over time"), _("divisions over time")
        constraints = [models.UniqueConstraint(fields=["unit", "since"], name="one_division_per_unit_and_day")]

    def __str__(self) -> str:
        return f"{self.unit_id} since {self.since}"


def note_changes(unit: "Unit", before: Mapping[str, Any] | None) -> None:
    """Keep what has changed with this save; `before` is how the row stood (None: it is new)."""
    day = today()
    kept: list[tuple[type[models.Model], str, Any, Any]] = [
        (Headcount, "people", unit.headcount, before and before["headcount"]),
        (Belonging, "division_id", unit.parent_id, before and before["parent_id"]),
    ]
    for model, field, now, then in kept:
        if before is not None and now == then:
            continue
        rows = model._default_manager.filter(unit=unit)
        if before is not None and not rows.exists():
            model._default_manager.create(unit=unit, since=day - timedelta(days=1), **{field: then})
        rows.filter(since__gt=day).delete()
        model._default_manager.update_or_create(unit=unit, since=day, defaults={field: now})


class Past:
    """How every unit stood on any day, from three queries."""

    def __init__(self, units: "list[Unit]") -> None:
        self.units = units
        self._people = _lookup(Headcount, "people")
        self._division = _lookup(Belonging, "division_id")

    def headcount(self, unit: "Unit", day: date) -> int:
        return int(self._people(unit.pk, day, unit.headcount))

    def division(self, unit: "Unit", day: date) -> int | None:
        found: int | None = self._division(unit.pk, day, unit.parent_id)
        return found

    def workplaces(self, day: date) -> "list[Unit]":
        """Where people worked then: departments, and divisions that had none."""
        there = [unit for unit in self.units if unit.was_there(day)]
        divisions = {self.division(unit, day) for unit in there}
        return [unit for unit in there if unit.pk not in divisions]


def _lookup(model: type[models.Model], field: str) -> Callable[[int, date, Any], Any]:
    days: dict[int, list[date]] = defaultdict(list)
    values: dict[int, list[Any]] = defaultdict(list)
    for unit, since, value in model._default_manager.order_by("since").values_list("unit_id", "since", field):
        days[unit].append(since)
        values[unit].append(value)

    def on(unit: int, day: date, otherwise: Any) -> Any:
        if unit not in days:
            return otherwise
        return values[unit][max(0, bisect_right(days[unit], day) - 1)]

    return on
