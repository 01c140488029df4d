"""What a digest is made of. Each app registers its sections in `AppConfig.ready()`.

    sections.register(Section(name="articles", position=10, heading=_("New articles"), gather=gather, stop=stop))

`gather` is asked for many readers at once: it reads what each of them may see (`visible_to`), between that reader's
`since` and `until`, in a number of queries that does not grow with the readers. It is asked again for a single reader
right before the mail goes out: what it no longer gives is left out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise

from accounts.models import User

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of a digest. `key` is the same for the same thing; `url` is a path on this site."""

    key: str
    title: str
    url: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Due:
    """One reader of a section, and the stretch of time they have not heard of: later than `since`, up to `until`."""

    number: int
    email: str
    user: User | None
    since: datetime
    until: datetime


#: By `Due.number`; who has nothing new may be missing.
Gather = Callable[[Sequence[Due]], Mapping[int, Sequence[Item]]]


def everybody(user: User) -> bool:
    return True


def no_address(dues: Sequence[Due]) -> Mapping[int, str]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Section:
    """`offer` is the check box on a person's own page ("Meetings of my groups"), shown where `offered_to` agrees;
    without one the section is chosen elsewhere and joined with `digests.services.join`.

    `stop(email, user)` is called when somebody ends their digest by its link. `manage` gives the paths at which
    readers without a login choose, by `Due.number`.
    """

    name: str
    position: int
    heading: Words
    gather: Gather = field(repr=False)
    stop: Callable[[str, User | None], None] | None = field(default=None, repr=False)
    manage: Callable[[Sequence[Due]], Mapping[int, str]] = field(default=no_address, repr=False)
    offer: Words = ""
    offered_to: Callable[[User], bool] = field(default=everybody, repr=False)


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    if section.name in _sections:
        raise ValueError(f"There is a section {section.name} already.")
    _sections[section.name] = section


def get(name: str) -> Section:
    """Raises LookupError for a section nobody registered."""
    return _sections[name]


def in_order() -> list[Section]:
    return sorted(_sections.values(), key=lambda section: (section.position, section.name))


def offered_to(user: User) -> list[Section]:
    return [section for section in in_order() if section.offer and section.offered_to(user)]
