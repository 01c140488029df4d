"""Who shares a circle with whom: reading groups say so in `AppConfig.ready()`, the directory asks."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from movement.allies.models import Ally

#: The primary keys of the allies who are in a circle with this one. Whom of them to show is the directory's to say.
Fellows = Callable[[Ally], QuerySet[Any]]

_circles: dict[str, Fellows] = {}


def register(name: str, fellows: Fellows) -> None:
    _circles[name] = fellows


def in_circles_of(ally: Ally) -> Q:
    """A condition on allies; nobody at all while no circle is registered."""
    shared = [Q(pk__in=fellows(ally)) for fellows in _circles.values()]
    return reduce(or_, shared, Q(pk__in=[]))
