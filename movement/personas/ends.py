"""Conditions on the ally at one end of something, whichever column leads there."""

from django.db.models import Q

from movement.allies.models import Visibility


def is_named(end: str) -> Q:
    """`movement.allies.models.SHOWN` of the ally in column `end`: they chose to be shown, and gave the name for it."""
    is_open = Q(**{f"{end}__visibility": Visibility.OPEN}) & ~Q(**{f"{end}__name": ""})
    by_alias = Q(**{f"{end}__visibility": Visibility.ALIAS}) & ~Q(**{f"{end}__alias": ""})
    return is_open | by_alias
