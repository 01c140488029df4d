"""What the demo's people have weighed, who likes a nudge, whom they might say hello to, and what was reached."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from movement.allies.models import Ally, Unit
from movement.decisions.models import OWN_PLACES, Decision, Effect, Standing, When, ask_on_of
from movement.decisions.services import write_decision
from movement.resolve.hellos import Hello
from movement.resolve.marking import mark_milestones
from movement.resolve.milestones import Milestone
from movement.resolve.nudging import want_nudges

Rows = list[dict[str, Any]]
#: By their place in the cast.
LIKE_A_NUDGE, GREETS, IS_GREETED = (0, 4, 7), 4, 3
STANDING = {place.name.lower(): place.value for place in Standing}


def add(*, decisions: Rows, allies: list[Ally]) -> None:
    for row in decisions:
        add_decision(row, allies[row["person"]])
    for place in LIKE_A_NUDGE:
        want_nudges(ally=allies[place])
    Hello.objects.create(ally=allies[GREETS], other=allies[IS_GREETED])


def add_decision(row: dict[str, Any], owner: Ally) -> None:
    own = [name for name in row["stakeholders"] if name not in STANDING]
    places = STANDING | dict(zip(own, OWN_PLACES, strict=False))
    decision = write_decision(
        owner=owner,
        options=dict(enumerate(row["options"], start=1)),
        stakeholders={places[name]: "" if name in STANDING else name for name in row["stakeholders"]},
        **{name: row[name] for name in ("text", "background", "audience")},
    )
    date_back(decision, row)
    options = list(decision.options.all())
    stakeholders = {one.place: one for one in decision.stakeholders.all()}
    Effect.objects.bulk_create(
        Effect(option=option, stakeholder=stakeholders[places[name]], when=when, score=score, word=word)
        for name, table in row["weighed"].items()
        for option, (now, why_now, year, why_then) in zip(options, table, strict=True)
        for when, score, word in ((When.NOW, now, why_now), (When.YEAR, year, why_then))
        if score is not None or word
    )


def date_back(decision: Decision, row: dict[str, Any]) -> None:
    now = timezone.now()
    written = now - timedelta(days=row["days_ago"])
    decision.written_at, decision.ask_on = written, ask_on_of(written.date())
    if "happened" in row:
        decision.happened = row["happened"]
        decision.happened_at = now - timedelta(days=row["happened_days_ago"])
    decision.save()


def mark() -> None:
    """Once everything else of the demo is there."""
    mark_milestones()


def remove() -> None:
    """What no row of the demo's people takes along when it goes. Before them."""
    allies = Ally.objects.filter(user__is_demo=True).values("pk")
    Milestone.objects.own().filter(number__in=allies).delete()
    Milestone.objects.filter(course="unit", number__in=Unit.objects.filter(is_demo=True).values("pk")).delete()
