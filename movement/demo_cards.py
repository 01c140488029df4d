"""The demo's persona cards: who serves whom, which of them the other end has agreed to, and how it has been going."""

from datetime import datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from movement.allies.models import Ally, Unit
from movement.personas.gap import GapMonth, count_gaps
from movement.personas.models import LINES, Audience, End, PersonaCard
from movement.personas.ratings import Rating, month_of
from movement.personas.service_map import ServiceLink, ServiceMap
from movement.personas.telling import tell_asked
from movement.personas.ties import Answer, Tie
from movement.personas.versions import CardVersion
from movement.tasks import draw_service_map

#: Without a day of its own a card was written so long ago.
DAYS_AGO = 20
#: What is younger is still waiting for an answer.
FRESH = timedelta(days=10)
Rows = list[dict[str, Any]]


def add(*, cards: Rows, allies: list[Ally], units: dict[str, Unit]) -> None:
    for row in cards:
        add_card(row, allies, units)
    count_gaps()
    draw_service_map.enqueue()


def add_card(row: dict[str, Any], allies: list[Ally], units: dict[str, Unit]) -> None:
    owner = allies[row["owner"]]
    at = timezone.now() - timedelta(days=row.get("days_ago", DAYS_AGO))
    before = row.get("before") or {}
    card = PersonaCard.objects.create(
        owner=owner,
        end=row.get("end", End.SERVER),
        **{line: row.get(line) or "" for line in LINES},
        side=row["where"],
        unit=units.get(row.get("department") or ""),
        audience=Audience.ALLIES,
        created_at=at,
        edition=2 if before else 1,
    )
    PersonaCard.objects.filter(pk=card.pk).update(changed_at=at)
    CardVersion.objects.create(card=card, edition=1, by=owner, at=at, **card.lines | before)
    if row["served_person"] is None:
        return
    other = allies[row["served_person"]]
    if before:
        CardVersion.objects.create(card=card, edition=2, by=other, at=at + timedelta(days=9), **card.lines)
    if row.get("is_agreed"):
        agree(card, other, at, row.get("ratings"))
    elif timezone.now() - at < FRESH:
        tell_asked(card, Tie.objects.create(card=card, ally=other, asked_at=at))  # past the limit of a day


def agree(card: PersonaCard, other: Ally, at: datetime, ratings: dict[str, list[int]] | None) -> None:
    tie = Tie.objects.create(
        card=card,
        ally=other,
        answer=Answer.AGREED,
        agreed_edition=card.edition,
        asked_at=at,
        answered_at=at + timedelta(days=9),
    )
    for side, marks in (ratings or {}).items():
        is_server = side == "server"
        by = card.owner if is_server == card.is_by_server else other
        Rating.objects.bulk_create(
            Rating(tie=tie, by=by, is_server=is_server, mark=mark, **when(len(marks) - place))
            for place, mark in enumerate(marks)
        )


def when(months_ago: int) -> dict[str, Any]:
    """The twelfth of that month, at noon."""
    month = month_of(timezone.now()) - relativedelta(months=months_ago)
    return {"month": month, "at": timezone.now().replace(year=month.year, month=month.month, day=12, hour=12)}


def remove() -> None:
    """What was worked out of the demo's cards, once its people have gone; the rest is worked out again."""
    for worked_out in (GapMonth, ServiceLink, ServiceMap):
        worked_out.objects.all().delete()
    count_gaps()
    if PersonaCard.objects.exists():
        draw_service_map.enqueue()
