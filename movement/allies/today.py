"""The question on Today after one's unit was closed and nobody said what became of it: where do you work now?"""

from typing import Any

from django.utils.translation import gettext as _

from movement.allies.models import Ally
from movement.today import Card, register


def where_now(ally: Ally) -> dict[str, Any] | None:
    """Until they choose another, or say that they would rather not. No query: the unit was read with them."""
    unit = ally.unit
    if unit is None or unit.closed_on is None:
        return None
    return {"unit": unit, "in_short": _("%(unit)s was closed: where do you work now?") % {"unit": unit.name}}


def register_where_now() -> None:
    register(Card(name="where-now", template="movement/allies/today_where_now.html", gather=where_now, position=4))
