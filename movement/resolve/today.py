"""The note on Today once it has come back, folded, a newcomer's step towards it, and a hello one may like to say."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Q
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.progress import exercises
from movement.allies.models import Ally
from movement.resolve.hellos import Hello
from movement.resolve.models import SelfNote
from movement.today import Card, Step, register, register_step

#: Long enough for a holiday.
SHOWN_FOR = timedelta(days=21)


def for_me(ally: Ally) -> dict[str, Any] | None:
    """The note that has come back, and whom one may like to say hello to: by one question. There is one open hello at
    most; whether it may be shown is asked of its own gate."""
    gate = Hello.objects.visible_to(ally.user).open().filter(ally=OuterRef("pk"))
    proposed = FilteredRelation("hellos", condition=Q(hellos__settled_at=None))
    mine = Ally.objects.filter(pk=ally.pk).annotate(proposed=proposed, is_proposed=Exists(gate))
    found: Any = mine.select_related("note_to_self", "proposed__other").get()  # type: ignore[misc]  # of the relation above
    note: SelfNote | None = getattr(found, "note_to_self", None)
    is_back = note is not None and note.came_back_at and note.came_back_at >= timezone.now() - SHOWN_FOR
    card = {"note": note if is_back else None, "hello": found.proposed if found.is_proposed else None}
    return card if any(card.values()) else None


def register_resolve() -> None:
    exercises.register("/me/note/", lambda user: SelfNote.objects.filter(ally__user=user))
    register(Card(name="for-me", template="movement/resolve/today_for_me.html", gather=for_me, position=5))
    register_step(
        Step(
            name="note",
            position=25,
            meta=_("For your eyes only"),
            title=_("Write a note to yourself: why do you care?"),
            text=_("You know it today. In a quarter it comes back to you, on a day when you may need it."),
            url=reverse_lazy("movement:note"),
            label=_("Write the note"),
            done=lambda ally: SelfNote.objects.filter(ally=ally),
        )
    )
