"""The section that tells what stands on /me/notifications/ anyway, for the kinds somebody wants with the digest."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from postbox.digests.sections import Due, Item, Section
from postbox.kinds import at_first
from postbox.models import How, Notification, Pause, Preference
from postbox.services import prefer
from postbox.telling import still_shown

NAME = "notifications"


def gather(dues: Sequence[Due]) -> Mapping[int, Sequence[Item]]:
    """Unseen ones only: what somebody has read on the site needs no mail."""
    if not dues:
        return {}
    numbers = {due.user.pk: due for due in dues if due.user is not None}
    told = _Told(numbers)
    span = {"created_at__gt": min(due.since for due in dues), "created_at__lte": max(due.until for due in dues)}
    notes = Notification.objects.filter(user__in=numbers, **span).unread().newest_first()
    found: dict[int, list[Item]] = defaultdict(list)
    for note in still_shown(list(notes.filter(told.among).select_related("user"))):
        due = numbers[note.user_id]
        if told.has(note) and due.since < note.created_at <= due.until:
            found[due.number].append(Item(key=f"notification:{note.pk}", title=note.text, url=note.url))
    return found


class _Told:
    """Which notifications are these people's digest's to tell: of the kinds they chose for it, and whatever came while
    they wanted no mail at all."""

    def __init__(self, users: Collection[int]) -> None:
        chosen = Preference.objects.filter(user__in=users).values_list("user", "kind", "how")
        self.chosen = {(user, kind): how for user, kind, how in chosen}
        self.pauses = Pause.objects.filter(user__in=users).in_bulk(field_name="user_id")
        kinds = {kind for (_user, kind), how in self.chosen.items() if how == How.DIGEST}
        self.among = Q(kind__in=kinds) | Q(user__in=list(self.pauses))

    def has(self, note: Notification) -> bool:
        how = self.chosen.get((note.user_id, note.kind)) or at_first(note.kind)
        pause = self.pauses.get(note.user_id)
        return how == How.DIGEST or (how == How.NOW and pause is not None and pause.covers(note.created_at))


def stop(_email: str, user: User | None) -> None:
    """They stay among the notifications, and no mail tells of them."""
    if user is not None:
        kinds = Preference.objects.filter(user=user, how=How.DIGEST).values_list("kind", flat=True)
        prefer(user=user, choices=dict.fromkeys(kinds, How.NEVER))


SECTION = Section(name=NAME, position=90, heading=_("For you"), gather=gather, stop=stop)
