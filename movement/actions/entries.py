"""Actions as they stand in a list: with what each came from, as far as its reader may know, and thanks."""

from typing import Any

from django.db.models import Count, Q

from movement.actions.models import Action, ActionQuerySet
from movement.actions.origins import is_nobody, places
from movement.actions.thanks import Thanks
from movement.allies.blocks import kept_from
from movement.allies.models import Ally
from movement.allies.names import skeleton


def entries(seen: ActionQuerySet, *, viewer: Any, most: int) -> list[Action]:
    """The first of them, in the order given: a fixed number of queries, and one for each kind of origin among them."""
    # Chosen first and joined afterwards: a join could lead the planner away from the index that has them in order.
    chosen = Action.objects.filter(pk__in=seen.values("pk")[:most]).order_by(*seen.query.order_by)
    actions = list(chosen.select_related("ally__user", "idea", "comment"))
    told = {action.pk: _told_keys(action, viewer) for action in actions}
    found = places(viewer, [key for keys in told.values() for key in keys])
    for action in actions:
        came_from, was_for = (found.get(key) if key in told[action.pk] else None for key in _keys(action))
        action.place, action.for_place = came_from, was_for
        if action.for_place and action.place and action.for_place.url == action.place.url:
            action.place = None  # said once
    _leave_out_apart(actions, viewer)
    _count_thanks(actions, viewer)
    return actions


def _keys(action: Action) -> tuple[tuple[str, int], tuple[str, int]]:
    return (action.origin, action.origin_number or 0), (action.whom, action.whom_number or 0)


def _told_keys(action: Action, viewer: Any) -> list[tuple[str, int]]:
    """Those that this viewer may learn of. Of a note without a name, where it came from is told to nobody else."""
    came_from, was_for = _keys(action)
    if _may_tell(action, viewer):
        return [came_from, was_for]
    return [was_for] if is_nobody(was_for[0]) else []


def _leave_out_apart(actions: list[Action], viewer: Any) -> None:
    """Nobody reads, in "for whom", the name of somebody they are kept apart from."""
    others = [action for action in actions if action.for_whom and action.ally.user_id != viewer.pk]
    if not others:
        return
    names = [skeleton(ally.shown_name) for ally in Ally.objects.filter(kept_from(viewer.pk)) if ally.shown_name]
    for action in others:
        words = skeleton(action.for_whom)
        if any(name in words for name in names if name):
            action.for_whom = ""


def _count_thanks(actions: list[Action], viewer: Any) -> None:
    mine = Count("pk", filter=Q(ally__user=viewer.pk))
    said = Thanks.objects.visible_to(viewer).filter(action__in=[action.pk for action in actions])
    by_action = said.order_by().values("action").annotate(n=Count("pk"), own=mine)
    counts = {row["action"]: (row["n"], row["own"]) for row in by_action}
    for action in actions:
        action.thanked, own = counts.get(action.pk, (0, 0))
        action.i_thanked = own > 0


def _may_tell(action: Action, viewer: Any) -> bool:
    """Without a name beside it, a meeting or a card would tell who it was, or that somebody unseen sat there."""
    return action.shown_name is not None or action.ally.user_id == viewer.pk
