"""The row about people on Today: who would like to meet me, and my lunch."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from movement.allies.models import Ally
from movement.introductions.queries import waiting_for
from movement.lunch.models import ASKED_FOR, Met, Seat
from movement.lunch.queries import Table, tables_of
from movement.today import Card, register

MOST = 2


def people(ally: Ally) -> dict[str, Any] | None:
    """Two at most, a lunch among them: the next, or the last one as long as it is asked about."""
    table = lunch_of(ally)
    waiting = waiting_for(ally, MOST - 1 if table else MOST)
    return {"waiting": waiting, "table": table, "me": ally} if waiting or table else None


def lunch_of(ally: Ally) -> Table | None:
    since = timezone.now() - ASKED_FOR
    seats = Seat.objects.filter(ally=ally, met=Met.UNSAID, lunch__starts_at__gt=since - timedelta(hours=1))
    found = next(iter(tables_of(ally.user, seats.order_by("-round__monday"), most=1)), None)
    return found if found and found.others and (found.is_asked or not found.is_over) else None


def register_people() -> None:
    register(Card(name="people", template="movement/lunch/today_people.html", gather=people, position=10))
