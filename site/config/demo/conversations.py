"""The demo's comments, under its articles and the primer, what readers say to them, and what waits for an editor."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from conversation import changing, reacting, services
from conversation.decisions import Held
from conversation.hosts import target_of
from conversation.models import Comment
from conversation.reactions import Kind
from movement.allies.models import Ally


def add(*, comments: list[dict[str, Any]], allies: list[Ally]) -> int:
    """Places each comment in the order of the data, so that an answer follows what it answers. Returns how many."""
    pages = {page.slug: page.specific for page in Page.objects.filter(slug__in={row["page"] for row in comments})}
    placed: list[Comment | None] = []
    for row in comments:
        placed.append(comment := place(row, pages.get(row["page"]), placed, allies))
        if comment is not None:
            ask_editors(comment, row, allies)
            press(comment, len(placed), allies)
    return sum(comment is not None for comment in placed)


def place(row: dict[str, Any], page: Page | None, placed: list[Comment | None], allies: list[Ally]) -> Comment | None:
    """None where the page is not there, or where a quiet ally would have spoken under a name."""
    if page is None:
        return None
    ally = allies[row["author"]] if isinstance(row["author"], int) else None
    name = ally.shown_name if ally else row["author"]
    if not name:
        return None
    return services.place(
        target=target_of(page),
        words=services.Words(name=name, text=row["text"], press=""),
        user=ally.user if ally else None,
        email="" if ally else f"{name.lower().replace(' ', '.')}@reader.example",
        parent=placed[row["reply_to"]] if row["reply_to"] is not None else None,
        written_at=at_work(row["days_ago"], len(placed)),
        is_demo=True,
    )


def ask_editors(comment: Comment, row: dict[str, Any], allies: list[Ally]) -> None:
    """So that their desk is not empty."""
    if row.get("is_held"):
        Comment.objects.filter(pk=comment.pk).update(is_public=False, held_for=Held.FIRST)
    if "flagged_by" in row:
        changing.flag(comment=comment, user=allies[row["flagged_by"]].user)


def press(comment: Comment, place: int, allies: list[Ally]) -> None:
    """One to three of each kind, by whoever did not write it; every third comment is left alone."""
    for step, kind in enumerate(Kind, start=place):
        others = [ally.user for ally in allies[step :: len(allies) // 3] if ally.user_id != comment.user_id]
        for user in others[: step % 3] if place % 3 else ():
            reacting.react(comment=comment, user=user, kind=kind, wanted=True)


def at_work(days_ago: int, place: int) -> datetime:
    """That day between nine and five, later for later ones of the list; never in the future."""
    morning = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=days_ago)
    return min(morning + timedelta(minutes=place * 37 % 480), timezone.now())


def remove() -> None:
    Comment.objects.filter(is_demo=True).delete()
