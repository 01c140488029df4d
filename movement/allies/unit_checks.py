"""What a steward can enter of a unit, and what is said where it cannot be true."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from movement.allies.unit_history import MOST_PEOPLE, TOO_MANY, today

if TYPE_CHECKING:
    from movement.allies.models import Unit


def check_unit(unit: "Unit") -> None:
    """Two levels only, a name that nobody else has there, and a headcount that can be true. Raises ValidationError."""
    _check_division(unit)
    _check_name(unit)
    if unit.headcount is not None and unit.headcount > MOST_PEOPLE:
        raise ValidationError({"headcount": TOO_MANY})
    _check_whose_headcount(unit)
    if unit.opened_on and unit.opened_on > today():
        raise ValidationError({"opened_on": _("Please enter it when that day has come.")})


def _check_division(unit: "Unit") -> None:
    if unit.parent and (unit.parent.parent_id or unit.parent_id == unit.pk):
        raise ValidationError({"parent": _("Choose a division: a department cannot hold departments.")})
    if unit.parent and unit.pk and unit.departments.exists():
        raise ValidationError({"parent": _("This division has departments. Move them first.")})


def _check_name(unit: "Unit") -> None:
    """The constraints say the same, but forms skip them: they hang on `closed_on`, which no form has."""
    if unit.closed_on or not unit.name:
        return
    others = type(unit).objects.standing().filter(name=unit.name, parent=unit.parent_id).exclude(pk=unit.pk)
    if others.exists() and unit.parent:
        said = {"name": unit.name, "division": unit.parent.name}
        raise ValidationError({"name": _("“%(division)s” has a department “%(name)s” already.") % said})
    if others.exists():
        raise ValidationError({"name": _("There is a division “%(name)s” already.") % {"name": unit.name}})


def _check_whose_headcount(unit: "Unit") -> None:
    """A number that would be used nowhere is refused, unless it stood there before the departments came."""
    if not (unit.headcount and unit.pk and unit.departments.standing().exists()):
        return
    if not type(unit).objects.filter(pk=unit.pk, headcount=unit.headcount).exists():
        text = _("“%(unit)s” is counted by its departments. Enter theirs instead.")
        raise ValidationError({"headcount": text % {"unit": unit.name}})
