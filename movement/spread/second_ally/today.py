"""The hint on Today, for those whom it is about."""

from typing import Any

from accounts.backends import read_together
from accounts.personal_data import declare, delete_rows, rows
from movement.allies.models import Ally
from movement.spread.second_ally.models import Hint
from movement.today import Card, register


def second_ally(ally: Ally) -> dict[str, Any] | None:
    """Only while they still work where they were counted. No query for who is signed in: it was read with them."""
    hint: Hint | None = getattr(ally, "second_ally_hint", None)
    return {"unit": ally.unit} if hint and hint.unit_id == ally.unit_id else None


def register_second_ally() -> None:
    read_together("ally__second_ally_hint")
    template = "movement/spread/today_second_ally.html"
    register(Card(name="second-ally", template=template, gather=second_ally, position=30))
    own = rows(Hint, "ally__user", "unit__name", "month")
    declare(Hint, export=own, erase=delete_rows(Hint, "ally__user"))
