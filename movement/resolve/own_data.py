"""Personal data of resolve: the note, the nudges, milestones, and to whom one was reminded to say hello."""

from collections.abc import Iterator
from typing import Any

from accounts.models import User
from accounts.personal_data import declare, delete_rows, rows
from movement.allies.models import Ally
from movement.resolve.hellos import Hello
from movement.resolve.milestones import Milestone
from movement.resolve.models import SelfNote
from movement.resolve.nudges import Nudge, NudgeWish
from movement.resolve.timeline import own_entries

NOTE = ("text", "months", "in_mail", "when_away", "written_on", "due_on", "came_back_at")


def _milestones(user: User) -> Iterator[dict[str, Any]]:
    """One's own; those of a reading group or a department are not one's own."""
    for ally in Ally.objects.filter(user=user):
        for entry in own_entries(ally):
            yield {"on": entry.on, "text": entry.text}


def _erase_milestones(user: User) -> None:
    numbers = list(Ally.objects.filter(user=user).values_list("pk", flat=True))
    Milestone.objects.own().filter(number__in=numbers).delete()


def _hellos(user: User) -> Iterator[dict[str, Any]]:
    """When one was proposed to them, not to whom: that is the other's name. What names them is proposed to others."""
    for made_at, settled_at in Hello.objects.filter(ally__user=user).values_list("made_at", "settled_at"):
        yield {"proposed_at": made_at, "settled_at": settled_at}


def _erase_hellos(user: User) -> None:
    Hello.objects.filter(ally__user=user).delete()
    Hello.objects.filter(other__user=user).delete()


def declare_resolve() -> None:
    declare(SelfNote, export=rows(SelfNote, "ally__user", *NOTE), erase=delete_rows(SelfNote, "ally__user"))
    wish = rows(NudgeWish, "ally__user", "since", "next_on", "ignored")
    declare(NudgeWish, export=wish, erase=delete_rows(NudgeWish, "ally__user"))
    sent = rows(Nudge, "ally__user", "monday", "name", "sent_at", "answered_at")
    declare(Nudge, export=sent, erase=delete_rows(Nudge, "ally__user"))
    declare(Milestone, export=_milestones, erase=_erase_milestones)
    declare(Hello, export=_hellos, erase=_erase_hellos)
