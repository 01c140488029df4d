"""Closing a unit. Splitting and merging are that, and new units that came of it.

A unit keeps its months under its own name, in the division where it was then; they are never counted anew along other
lines. Two counts of the same people along different lines, put beside each other, can point at one of them.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from movement.allies.models import Ally, Unit
from movement.allies.stays import move
from movement.allies.unit_history import MOST_PEOPLE, TOO_MANY, today


class CannotClose(Exception):
    """Its words say why."""


@transaction.atomic
def close_unit(*, unit: Unit, into: Unit | None = None, people: int = 0) -> Unit:
    """From today on it is counted no more. Its allies work in `into`, or are asked where they do (None).
    The headcount of `into` grows by `people` that day: else its allies would be a share of too few.

    Raises CannotClose. A second time changes nothing.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.closed_on:
        return unit
    if unit.departments.standing().exists():
        raise CannotClose(_("Departments still belong to it. Move or close them first."))
    if into is not None and not Unit.objects.choosable().filter(pk=into.pk).exclude(pk=unit.pk).exists():
        raise CannotClose(_("Choose a department that stays."))
    unit.closed_on = today()
    unit.save(update_fields=["closed_on"])
    if into is not None:
        _grow(into, people)
        into.came_of.add(unit)
        for ally in Ally.objects.filter(unit=unit):
            ally.unit = into
            ally.save(update_fields=["unit"])
            move(ally)
    return unit


def _grow(unit: Unit, people: int) -> None:
    """Months before today keep the headcount that it had then."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.headcount + people > MOST_PEOPLE:
        raise CannotClose(str(TOO_MANY))
    if people:
        unit.headcount += people
        unit.save(update_fields=["headcount"])
