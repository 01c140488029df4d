"""The circles that somebody shares with others: higher floors know them (clubs), this one only asks."""

from collections.abc import Callable
from typing import Any

from django.db import models

#: Gives the numbers of the allies who share a circle with this person, as a query.
Fellows = Callable[[Any], models.QuerySet[Any, Any]]

_fellows: list[Fellows] = []


def register(fellows: Fellows) -> None:
    """From `AppConfig.ready()`: `fellows(user)` gives one column of allies' numbers, never evaluated here."""
    _fellows.append(fellows)


def with_circles_of(user: Any, field: str) -> models.Q:
    """Rows whose ally shares a circle with this person; none while nobody has registered any."""
    shared = models.Q(pk__in=[])
    for fellows in _fellows:
        shared |= models.Q(**{f"{field}__in": fellows(user)})
    return shared
