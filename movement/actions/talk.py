"""The talk under an idea: among allies, each by the name they chose."""

from typing import Any

from conversation.hosts import Host, register
from movement.actions.models import Idea
from movement.permissions import ally_of, may_sign, why_not_signed


def is_seen_by(user: Any, idea: Idea) -> bool:
    return idea.is_published and ally_of(user) is not None


def register_talk() -> None:
    register(
        Host(
            model=Idea,
            visible_to=is_seen_by,
            may_write=lambda user, _idea: may_sign(user),
            why_closed=lambda user, _idea: why_not_signed(user),
        )
    )
