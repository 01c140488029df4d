"""What the demo's people did after ideas, what they mean to do, and which ideas they proposed."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from movement.actions.commitments import Commitment
from movement.actions.models import Action, Idea
from movement.actions.proposing import free_slug
from movement.actions.services import where
from movement.actions.thanks import Thanks
from movement.allies.models import Ally, Visibility
from movement.spread.idea_building import build_idea_months

Rows = list[dict[str, Any]]
#: Steps of the golden ratio: times that look as if nobody had set them, and are the same each time.
STEP = 0.618034


def add(*, deeds: dict[str, Any], allies: list[Ally]) -> None:
    ideas = {idea.slug: idea for idea in Idea.objects.all()}  # stewards may have other ideas
    add_tried([row for row in deeds["tried"] if row["idea"] in ideas], deeds["went"], allies, ideas)
    add_proposals(deeds["proposals"], allies)
    add_commitments(deeds["commitments"], allies, ideas)
    build_idea_months()


def add_tried(rows: Rows, went: list[str], allies: list[Ally], ideas: dict[str, Idea]) -> None:
    """From the day somebody came until today. Whoever shows their name tells it in words of their own, while there are
    any; all others say what the idea is called.
    """
    made: list[Action] = []
    for row in rows:
        idea, texts = ideas[row["idea"]], list(row["texts"])
        for place in row["people"]:
            ally, number = allies[place], len(made)
            is_told = ally.visibility == Visibility.OPEN and bool(texts)
            at = moment_of(ally, number)
            made.append(
                Action(
                    ally=ally,
                    **where(ally),
                    idea=idea,
                    kind=idea.kind,
                    text=texts.pop(0) if is_told else f"{idea.title}.",
                    for_whom=row["for_whom"] if is_told else "",
                    went=went[number % len(went)] if is_told and number % 3 == 0 else "",
                    done_on=timezone.localdate(at),
                    created_at=at,
                )
            )
    thank_some(Action.objects.bulk_create(made), allies)


def moment_of(ally: Ally, number: int) -> datetime:
    return ally.joined_at + (timezone.now() - ally.joined_at) * (number * STEP % 1)


def thank_some(actions: list[Action], allies: list[Ally]) -> None:
    Thanks.objects.bulk_create(
        Thanks(action=action, ally=ally, at=action.created_at)
        for place, action in enumerate(actions[::4])
        for ally in allies[place % 7 : place % 7 + place % 3 + 1]
        if ally.pk != action.ally_id
    )


def add_proposals(rows: Rows, allies: list[Ally]) -> None:
    """Those with a word back have been judged; the others wait for a steward."""
    now = timezone.now()
    for row in rows:
        said = {name: row[name] for name in ("title", "text", "kind", "role", "effort", "minutes")}
        at = now - timedelta(days=row["days_ago"])
        Idea.objects.create(
            **said,
            slug=free_slug(row["title"]),
            is_published=row.get("is_published", False),
            proposed_by=allies[row["person"]],
            proposed_at=at,
            judged_at=at + timedelta(days=2) if "word" in row else None,
            word_back=row.get("word", ""),
        )


def add_commitments(rows: Rows, allies: list[Ally], ideas: dict[str, Idea]) -> None:
    """By a day or without one; the first is due today."""
    today = timezone.localdate()
    Commitment.objects.bulk_create(
        Commitment(
            ally=allies[row["person"]],
            text=row.get("text") or ideas[row["idea"]].title,
            idea=ideas.get(row.get("idea", "")),
            by_on=today + timedelta(days=row["in_days"]) if "in_days" in row else None,
        )
        for row in rows
        if "text" in row or row["idea"] in ideas
    )


def forget_proposals() -> None:
    """Before the demo's people go: what they proposed would stay without them."""
    Idea.objects.filter(proposed_by__user__is_demo=True).delete()


def count_again() -> None:
    """Once they have gone: what is left is counted from what is left."""
    build_idea_months(anew=True)
