"""One's own decisions, and those that others show; both newest first, paged by time and number."""

from dataclasses import dataclass

from accounts.models import User
from content.keys import key_of, read_key
from movement.decisions.models import Decision, DecisionQuerySet

PAGE = 20


@dataclass(frozen=True, kw_only=True)
class Page:
    decisions: list[Decision]
    next_key: str


def own(*, viewer: User, after: str = "") -> Page:
    return _page(Decision.objects.visible_to(viewer).filter(owner__user_id=viewer.pk), after)


def shown(*, viewer: User, after: str = "") -> Page:
    return _page(Decision.objects.visible_to(viewer).exclude(owner__user_id=viewer.pk), after)


def _page(decisions: DecisionQuerySet, after: str) -> Page:
    rows = list(decisions.select_related("owner").newest_first().before(read_key(after))[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(decisions=rows[:PAGE], next_key=key_of(last.written_at, last.pk) if last else "")
