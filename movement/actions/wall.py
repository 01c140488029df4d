"""The wall: what allies have done, newest first, paged by day and number."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from movement.actions.models import Action, Kind

PAGE = 30
LONGEST_NUMBER = 18


@dataclass(frozen=True, kw_only=True)
class Wall:
    actions: list[Action]
    kind: Kind | None
    next_key: str

    @property
    def next_url(self) -> str:
        kept = f"kind={self.kind.value}&" if self.kind else ""
        return f"?{kept}after={self.next_key}" if self.next_key else ""


def wall(*, viewer: User, kind: str = "", after: str = "") -> Wall:
    """One page. A kind or a key that nobody gave out means all of them, from the beginning."""
    chosen = Kind(kind) if kind in Kind.values else None
    seen = Action.objects.visible_to(viewer).select_related("ally", "idea").newest_first().before(read_key(after))
    if chosen:
        seen = seen.filter(kind=chosen)
    rows = list(seen[: PAGE + 1])
    more = len(rows) > PAGE
    return Wall(actions=rows[:PAGE], kind=chosen, next_key=key_of(rows[PAGE - 1]) if more else "")


def key_of(action: Action) -> str:
    return f"{action.done_on.isoformat()}.{action.pk}"


def read_key(text: str) -> tuple[date, int] | None:
    day, _dot, number = text.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return None
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None
