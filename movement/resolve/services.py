"""Writing the note, and throwing it away."""

from datetime import date

from django.db import transaction

from movement.allies.models import Ally
from movement.resolve.models import SelfNote, in_months


@transaction.atomic
def write_note(*, ally: Ally, text: str, months: int, in_mail: bool, when_away: bool, today: date) -> SelfNote:
    """Keep it. It sets out anew when it is the first, has come back, or is to come after another time; changed on
    its way, it keeps its day."""
    note = SelfNote.objects.select_for_update().filter(ally=ally).first()
    if note is None:
        note = SelfNote(ally=ally, due_on=in_months(today, months), written_on=today)
    elif note.came_back_at or note.months != months:
        note.due_on, note.written_on, note.came_back_at = in_months(today, months), today, None
    note.text, note.months, note.in_mail, note.when_away = text, months, in_mail, when_away
    note.save()
    return note


@transaction.atomic
def forget_note(*, ally: Ally) -> None:
    SelfNote.objects.filter(ally=ally).delete()
