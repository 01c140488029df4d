"""Noting what was done, changing it, taking it back."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from conversation.models import Comment
from movement.actions.models import Action, Audience
from movement.actions.origins import places
from movement.allies.models import Ally, Visibility

#: A form sent twice within this time was one deed.
SENT_TWICE = timedelta(minutes=1)
#: What its doer takes along.
SAID = (
    "text", "done_on", "kind", "for_whom", "went", "audience", "is_unnamed", "unit__name", "idea__title", "created_at",
)  # fmt: skip


def where(ally: Ally) -> dict[str, Any]:
    """What an action keeps of where its ally works at that moment."""
    unit = ally.unit
    tells = bool(unit and ally.visibility == Visibility.OPEN and ally.name and ally.show_unit)
    return {"unit": unit, "division": unit.division if unit else None, "tells_unit": tells}


@transaction.atomic
def log_action(*, ally: Ally, **said: Any) -> Action:
    """Note it; the same words sent again at once give the action that is there already."""
    lately = ally.actions.filter(created_at__gte=timezone.now() - SENT_TWICE, **said)
    return lately.order_by("pk").first() or Action.objects.create(ally=ally, **where(ally), **said)


@transaction.atomic
def log_tried(*, ally: Ally, comment: Comment, text: str) -> Action:
    """Note that this ally tried what a comment says; once for a comment."""
    action, _is_new = Action.objects.get_or_create(ally=ally, comment=comment, defaults={"text": text} | where(ally))
    count_tried([comment.pk])
    return action


@transaction.atomic
def change_action(*, action: Action, **said: Any) -> Action:
    for field, value in said.items():
        setattr(action, field, value)
    action.save(update_fields=list(said))
    count_tried([action.comment_id])
    return action


@transaction.atomic
def delete_action(*, action: Action) -> None:
    action.delete()
    count_tried([action.comment_id])


@transaction.atomic
def erase_actions(user: User) -> None:
    """All that this person noted."""
    theirs = Action.objects.filter(ally__user=user)
    comments = list(theirs.values_list("comment", flat=True))
    theirs.delete()
    count_tried(comments)


def what_i_did(user: User) -> Iterator[dict[str, Any]]:
    """All of it, for whoever did it; whom it was for by the name that this one has for them by now."""
    mine = Action.objects.filter(ally__user=user).order_by("pk")
    whom = mine.exclude(whom="").values_list("whom", "whom_number")
    named = places(user, [(name, number or 0) for name, number in whom])
    for row in mine.values(*SAID, "whom", "whom_number"):
        place = named.get((row.pop("whom"), row.pop("whom_number") or 0))
        yield row | ({"for_whom": place.name} if place else {})


def count_tried(comments: Iterable[int | None]) -> None:
    """Keep on these comments how many show that they tried it: a page of a talk is read without counting. What
    somebody keeps to themselves is counted for nobody. Each comment is locked before counting, so that of two at the
    same moment the later one counts both.

    The host is not told: a copy of its page lives for minutes, and may be as old as that.
    """
    for number in sorted({number for number in comments if number is not None}):
        locked = Comment.objects.select_for_update(of=("self",), no_key=True)  # noting one holds its key already
        if not locked.filter(pk=number).values_list("pk", flat=True).first():
            continue
        shown = Action.objects.filter(comment=number, audience=Audience.ALLIES, ally__user__is_active=True)
        Comment.objects.filter(pk=number).update(tried=shown.count())
