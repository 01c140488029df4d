"""Definitions that allies show one another, newest first, paged by time and number."""

from dataclasses import dataclass

from accounts.models import User
from content.keys import key_of, read_key
from movement.definitions.models import Definition

PAGE = 20


@dataclass(frozen=True, kw_only=True)
class Page:
    definitions: list[Definition]
    next_key: str


def others_words(*, viewer: User, after: str = "") -> Page:
    """What the others show, one page of it. A key that nobody gave out starts from the beginning."""
    seen = Definition.objects.visible_to(viewer).exclude(ally__user_id=viewer.pk)
    rows = list(seen.select_related("ally__unit__parent").newest_first().before(read_key(after))[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(definitions=rows[:PAGE], next_key=key_of(last.shown_at, last.pk) if last and last.shown_at else "")
