"""What a signed-in person is called beside a comment. The movement knows; this floor asks."""

from collections.abc import Callable
from typing import Any

NameOf = Callable[[Any], str | None]

_name_of: NameOf | None = None


def register(name_of: NameOf) -> None:
    """`name_of(user)` is the name the person chose to be known by, or None: then the form asks for one."""
    global _name_of
    _name_of = name_of


def name_of(user: Any) -> str | None:
    if not user.is_authenticated or _name_of is None:
        return None
    return _name_of(user) or None
