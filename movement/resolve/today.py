"""The note on Today once it has come back, folded, and a newcomer's step towards it."""

from datetime import timedelta
from typing import Any

from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.progress import exercises
from movement.allies.models import Ally
from movement.resolve.models import SelfNote
from movement.today import Card, Step, register, register_step

#: Long enough for a holiday.
SHOWN_FOR = timedelta(days=21)


def came_back(ally: Ally) -> dict[str, Any] | None:
    lately = SelfNote.objects.filter(ally=ally, came_back_at__gte=timezone.now() - SHOWN_FOR).first()
    return {"note": lately} if lately else None


def register_resolve() -> None:
    exercises.register("/me/note/", lambda user: SelfNote.objects.filter(ally__user=user))
    register(Card(name="note", template="movement/resolve/today_note.html", gather=came_back, position=5))
    register_step(
        Step(
            name="note",
            position=25,
            meta=_("For your eyes only"),
            title=_("Write a note to yourself: why do you care?"),
            text=_("You know it today. In a quarter it comes back to you, on a day when you may need it."),
            url=reverse_lazy("movement:note"),
            label=_("Write the note"),
            done=lambda ally: SelfNote.objects.filter(ally=ally).exists(),
        )
    )
