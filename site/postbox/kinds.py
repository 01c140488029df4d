"""The kinds of mail and notification. Each app registers its own in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise

from accounts.models import User

#: Asked with the person (None for a reader without a login) and the event, right before a mail goes out.
StillWanted = Callable[[User | None, str], bool]


def always(user: User | None, event: str) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`label` names it among a person's preferences ("A reply to my note").

    `by_choice=False` is for mails that somebody has just asked for (a confirmation, a login code): they are not
    among the preferences and cannot be turned off. `in_preferences=False` is for what is turned off elsewhere, such
    as a subscription by its own links.
    """

    name: str
    label: str | Promise
    still_wanted: StillWanted = field(default=always, repr=False)
    by_choice: bool = True
    in_preferences: bool = True


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    if kind.name in _kinds:
        raise ValueError(f"The kind {kind.name} is registered already.")
    _kinds[kind.name] = kind


def get(name: str) -> Kind:
    """Raises LookupError, saying what to do, for a kind nobody registered."""
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(
            f"Register Kind(name={name!r}, …) with postbox.kinds.register in AppConfig.ready()."
        ) from None


def find(name: str) -> Kind | None:
    return _kinds.get(name)


def choosable() -> list[Kind]:
    """The kinds that a person decides about on /me/notifications/."""
    kinds = (kind for kind in _kinds.values() if kind.by_choice and kind.in_preferences)
    return sorted(kinds, key=lambda kind: str(kind.label))
