"""The wall: what allies have done, newest first, paged by day and number."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from accounts.models import User
from movement.actions.entries import entries
from movement.actions.models import Action, ActionQuerySet, Idea, Kind
from movement.allies.models import Unit

PAGE = 30
LONGEST_NUMBER = 18
Key = tuple[date, int]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What was asked for, as it stands in the address."""

    kind: str = ""
    unit: str = ""
    idea: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class Wall:
    actions: list[Action]
    kind: Kind | None
    unit: Unit | None
    idea: Idea | None
    next_key: str

    @property
    def is_filtered(self) -> bool:
        return bool(self.kind or self.unit or self.idea)

    @property
    def kept(self) -> dict[str, str]:
        """The filters, as they stand in an address."""
        given = {
            "kind": self.kind.value if self.kind else "",
            "unit": self.unit.slug if self.unit else "",
            "idea": self.idea.slug if self.idea else "",
        }
        return {name: value for name, value in given.items() if value}

    @property
    def next_url(self) -> str:
        return "?" + urlencode(self.kept | {"after": self.next_key}) if self.next_key else ""

    @property
    def of_any_kind(self) -> str:
        """The other filters, for links that choose a kind."""
        return urlencode({name: value for name, value in self.kept.items() if name != "kind"})


def wall(*, viewer: User, wish: Wish) -> Wall:
    """One page. A filter or a key that nobody gave out is passed over."""
    kind = Kind(wish.kind) if wish.kind in Kind.values else None
    unit = Unit.objects.filter(slug=wish.unit).first() if wish.unit else None
    idea = Idea.objects.published().filter(slug=wish.idea).first() if wish.idea else None
    seen = sought(viewer=viewer, kind=kind, unit=unit, idea=idea, key=read_key(wish.after))
    rows = entries(seen, viewer=viewer, most=PAGE + 1)
    next_key = key_of(rows[PAGE - 1]) if len(rows) > PAGE else ""
    return Wall(actions=rows[:PAGE], kind=kind, unit=unit, idea=idea, next_key=next_key)


def sought(
    *,
    viewer: User,
    kind: Kind | None = None,
    unit: Unit | None = None,
    idea: Idea | None = None,
    key: Key | None = None,
) -> ActionQuerySet:
    """From this key on. An index leads to each filter in the order of the wall: nothing is sorted, and no page costs
    more for what lies behind it.
    """
    seen = Action.objects.visible_to(viewer).newest_first().before(key)
    if kind:
        seen = seen.filter(kind=kind)
    if unit:
        seen = seen.placed_in(unit)
    if idea:
        seen = seen.filter(idea=idea)
    return seen


def key_of(action: Action) -> str:
    return f"{action.done_on.isoformat()}.{action.pk}"


def read_key(text: str) -> Key | None:
    day, _dot, number = text.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return None
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None
