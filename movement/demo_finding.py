"""How the demo's people found each other: introductions, lunches that were and are to come, one report."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from movement.allies.models import Ally
from movement.introductions.models import Answer, Introduction, Side, State, in_order
from movement.introductions.reports import Report
from movement.lunch.models import Lunch, LunchRound, LunchWish, Met, Rhythm, Seat

Rows = list[dict[str, Any]]
LUNCH_TIME = time(12, 15)


def add(*, found: dict[str, Any], allies: list[Ally]) -> None:
    def reach_of(place: int) -> str:
        return found["reach"].format(extension=200 + place)

    for row in found["introductions"]:
        add_introduction(row, allies, reach_of)
    add_lunches(found["lunches"], allies, reach_of)
    now = timezone.now()
    Report.objects.bulk_create(
        Report(
            about=allies[row["about"]],
            by=allies[row["by"]],
            reason=row["reason"],
            at=now - timedelta(days=row["days_ago"]),
        )
        for row in found["reports"]
    )


def add_introduction(row: dict[str, Any], allies: list[Ally], reach_of: Any) -> None:
    places = row["one"], row["other"]
    low, high = in_order(*(allies[place] for place in places))
    agreed, at = set(row["answers"]) == {Answer.YES}, timezone.now() - timedelta(days=row["days_ago"])
    made = Introduction.objects.create(
        low=low,
        high=high,
        by=allies[row["by"]],
        note=row["note"],
        state=State.AGREED if agreed else State.OPEN,
        created_at=max(at, low.joined_at, high.joined_at),
        settled_at=at + timedelta(days=1) if agreed else None,
    )
    Side.objects.bulk_create(
        Side(
            introduction=made,
            ally=allies[place],
            answer=answer,
            answered_at=None if answer == Answer.NONE else at,
            reach=reach_of(place) if answer == Answer.YES else "",
        )
        for place, answer in zip(places, row["answers"], strict=True)
    )


def add_lunches(lunches: dict[str, Any], allies: list[Ally], reach_of: Any) -> None:
    """One round two weeks ago, of which half have been asked about; one of this week."""
    LunchWish.objects.bulk_create(
        LunchWish(ally=allies[place], rhythm=Rhythm.FORTNIGHTLY, days="12345", reach=reach_of(place))
        for place in lunches["wishes"]
    )
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    for tables, week, day in (
        (lunches["past"], monday - timedelta(weeks=2), monday - timedelta(weeks=2) + timedelta(days=2)),
        (lunches["coming"], monday, next_working_day(today)),
    ):
        drawn = timezone.now() - timedelta(days=18) if week < monday else timezone.now()
        made, _new = LunchRound.objects.get_or_create(monday=week, defaults={"matched_at": drawn})
        starts_at = timezone.make_aware(datetime.combine(day, LUNCH_TIME))
        for number, places in enumerate(tables):
            lunch = Lunch.objects.create(round=made, starts_at=starts_at)
            met = Met.YES if week < monday and number else Met.UNSAID
            Seat.objects.bulk_create(
                Seat(round=made, ally=allies[place], lunch=lunch, reach=reach_of(place), met=met) for place in places
            )


def next_working_day(today: date) -> date:
    coming = (today + timedelta(days=ahead) for ahead in range(2, 6))
    return next(day for day in coming if day.isoweekday() < 6)


def remove() -> None:
    """What is left of rounds once the demo's people have gone."""
    Lunch.objects.filter(seats=None).delete()
    LunchRound.objects.filter(seats=None).delete()
