"""Pages that only some may see: a door before a page closes it, and all that is below it."""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageViewRestriction


def closed_to(user: Any = None, *, path: str = "path") -> Exists:
    """Whether a door stands before the page at `path` of a row that stays shut for this person; None is a visitor.

    Whoever is signed in passes the doors that ask for just that. The others (a password, a group) are asked for on the
    page itself, so what is behind them is on no list.
    """
    below = ExpressionWrapper(OuterRef(path), CharField())
    doors = PageViewRestriction.objects.annotate(below=below).filter(below__startswith=F("page__path"))
    if user is not None and user.is_authenticated:
        doors = doors.exclude(restriction_type=PageViewRestriction.LOGIN)
    return Exists(doors)
