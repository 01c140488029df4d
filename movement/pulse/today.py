"""The row on Today while a pulse is open and this ally has not taken part. It costs no query of its own."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Subquery
from django.utils.translation import gettext as _

from movement.allies.models import Ally
from movement.pulse.models import Audience, Pulse
from movement.pulse.papers import unanswered_by
from movement.today import Card, along, ask_along, register

NAME = "pulse"


def find(ally: Ally) -> Mapping[str, Any]:
    """Of the one pulse that may be open to allies."""
    there = unanswered_by(ally)
    many = there.annotate(many=Count("questions")).values("many")
    fields = {name: Subquery(there.values(name)[:1]) for name in ("pk", "closes_at", "asks_text")}
    return fields | {"many": Subquery(many[:1])}


def open_pulse(ally: Ally) -> dict[str, Any] | None:
    told = along(ally, NAME)
    many = told.pop("many")
    if told["pk"] is None:
        return None
    found = Pulse(audience=Audience.ALLIES, **told)
    return {"pulse": found, "many": many, "minutes": found.minutes(many), "in_short": _("A pulse is open.")}


def register_pulse() -> None:
    ask_along(NAME, find)
    register(Card(name=NAME, template="movement/pulse/today_pulse.html", gather=open_pulse, position=5))
