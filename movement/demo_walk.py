"""How far the demo's people have walked: chapters read, their own definitions, notes to themselves."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from content.pages.primer import ChapterPage
from content.progress.models import ChapterMark, What
from movement.allies.models import Ally
from movement.definitions.models import Definition
from movement.resolve.models import SelfNote, in_months

Rows = list[dict[str, Any]]


def add(*, walked: dict[str, Any], allies: list[Ally]) -> None:
    """Everybody has read the whole primer, except those of whom `read` says how far they are."""
    add_definitions(walked["definitions"], allies, shown=True)
    add_definitions(walked["kept_to_themselves"], allies, shown=False)
    add_notes(walked["notes"], allies)
    add_marks(walked["read"], allies)


def add_definitions(rows: Rows, allies: list[Ally], *, shown: bool) -> None:
    """Nobody showed theirs before they had come."""
    now = timezone.now()
    Definition.objects.bulk_create(
        Definition(
            ally=(ally := allies[row["person"]]),
            text=row["text"],
            written_at=(at := max(now - timedelta(days=row["days_ago"]), ally.joined_at)),
            shown_at=at if shown else None,
            read_since=at if shown else None,
        )
        for row in rows
    )


def add_notes(rows: Rows, allies: list[Ally]) -> None:
    """One that has come back has done so without a mail."""
    now, today = timezone.now(), timezone.localdate()
    notes = []
    for row in rows:
        written, back = today - timedelta(days=row["written_days_ago"]), row.get("came_back_days_ago")
        notes.append(
            SelfNote(
                ally=allies[row["person"]],
                text=row["text"],
                months=row["months"],
                written_on=written,
                due_on=in_months(written, row["months"]) if back is None else today - timedelta(days=back),
                came_back_at=None if back is None else now - timedelta(days=back),
            )
        )
    SelfNote.objects.bulk_create(notes)


def add_marks(read: dict[str, list[str]], allies: list[Ally]) -> None:
    """A chapter a week, from the day they came."""
    chapters, now = list(ChapterPage.objects.order_by("path")), timezone.now()
    ChapterMark.objects.bulk_create(
        ChapterMark(
            user_id=ally.user_id, chapter=chapter, what=What.READ, at=min(ally.joined_at + timedelta(weeks=week), now)
        )
        for place, ally in enumerate(allies)
        for week, chapter in enumerate(chapters)
        if chapter.slug in read.get(str(place), [chapter.slug])
    )
