"""Whether somebody may still be told of what once was told: asked whenever a notification is shown, counted, mailed,
put into a digest or exported.

Most matters stay true. A kind whose matter can be taken back says so by `Kind.shown`.
"""

from collections import defaultdict
from collections.abc import Sequence

from accounts.models import User
from postbox import kinds
from postbox.models import Notification

#: More than so many are not counted: "9+" says enough.
COUNTED = 9
#: Looked at for that.
LOOKED_AT = 30


def still_shown(notes: Sequence[Notification]) -> list[Notification]:
    """Those that hold, in their order; one question for each person and kind that has to be asked."""
    asked: dict[tuple[int, str], list[Notification]] = defaultdict(list)
    for note in notes:
        asked[note.user_id, note.kind].append(note)
    held = {note.pk for some in asked.values() for note in _held(some)}
    return [note for note in notes if note.pk in held]


def _held(notes: list[Notification]) -> list[Notification]:
    """Of one person and one kind."""
    kind = kinds.find(notes[0].kind)
    if kind is None or kind.shown is None:
        return notes
    shown = kind.shown(notes[0].user, {note.event for note in notes})
    return [note for note in notes if note.event in shown]


def is_still_shown(user: User, kind: kinds.Kind, event: str) -> bool:
    return kind.shown is None or event in kind.shown(user, {event})


def count_new(user: User) -> int:
    """How many unread ones hold, up to one more than COUNTED."""
    unread = Notification.objects.visible_to(user).unread().newest_first()
    return len(still_shown(list(unread.select_related("user")[:LOOKED_AT]))[: COUNTED + 1])
