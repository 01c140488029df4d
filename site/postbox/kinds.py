"""The kinds of mail and notification. Each app registers its own in `AppConfig.ready()`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from django.utils.functional import Promise

from accounts.models import User
from postbox.letters import Enclosed, Letter

#: Asked with the person (None for a reader without a login) and the event, right before a mail goes out.
StillWanted = Callable[[User | None, str], bool]
#: Of these events, those that this person may still be told of; one question for a page of notifications.
Shown = Callable[[User, Collection[str]], Collection[str]]
#: The words of a mail, found right before it goes out; None when there is nothing (any more) to say.
Words = Callable[[str], Letter | None]
#: What goes along with a mail, found with the person and the event right before it goes out.
Enclosing = Callable[[User | None, str], Enclosed | None]


def always(user: User | None, event: str) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`label` names it among a person's preferences ("A reply to my note").

    `by_choice=False` is for mails that somebody has just asked for (a confirmation, a login code): they are not
    among the preferences and cannot be turned off. `in_preferences=False` is for what is turned off elsewhere, such
    as a subscription by its own links. `digest` names the section of the digest that can tell of it instead
    ("notifications": whatever went through `notify`); without it a digest is not offered. `words` is for mails whose
    text stands only as they go out. `enclosed` is a file that goes along with words written before, as it is then.
    `shown` is for notifications whose matter can be taken back (somebody becomes quiet): it is asked when they are
    shown, counted, told in the digest, mailed and exported. `is_covered=False` is for what somebody waits for with an
    open inbox (a code, a confirmation) and has to find there: it keeps its subject where `postbox.discretion` was asked
    for. `is_unasked` is for what its reader has neither asked for nor set going: of all such kinds together an address
    gets two mails a week (`postbox.budget`), and what does not fit is told on the site only. `at_first` is how it
    reaches people until they choose (a `postbox.models.How`).
    """

    name: str
    label: str | Promise
    still_wanted: StillWanted = field(default=always, repr=False)
    by_choice: bool = True
    in_preferences: bool = True
    is_covered: bool = True
    is_unasked: bool = False
    at_first: str = "now"
    digest: str = ""
    words: Words | None = field(default=None, repr=False)
    enclosed: Enclosing | None = field(default=None, repr=False)
    shown: Shown | None = field(default=None, repr=False)


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


def at_first(name: str) -> str:
    """How this kind reaches somebody who has chosen nothing."""
    kind = find(name)
    return kind.at_first if kind else "now"


def choosable() -> list[Kind]:
    """The kinds that a person decides about on /me/notifications/."""
    kinds = (kind for kind in _kinds.values() if kind.by_choice and kind.in_preferences)
    return sorted(kinds, key=lambda kind: str(kind.label))
