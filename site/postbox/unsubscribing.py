"""One address for stopping anything that comes by mail (RFC 8058). What can be stopped registers here.

unsubscribing.register("subscription", describe=describe, act=stop)
send_mail(…, unsubscribe_url=unsubscribing.link("subscription", id=5))
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from accounts import tokens
from postbox import links

PURPOSE = "unsubscribe"
Subject = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Stoppable:
    """`what` ends the sentence "Stop …?" ("new articles"); `address` is shown masked."""

    what: str
    address: str


#: What the token still stops; None when there is nothing left to stop.
Describe = Callable[[Subject], Stoppable | None]
#: Stops it. May be called again: a second press changes nothing.
Act = Callable[[Subject], None]


@dataclass(frozen=True)
class _Way:
    describe: Describe = field(repr=False)
    act: Act = field(repr=False)


_ways: dict[str, _Way] = {}


def register(purpose: str, *, describe: Describe, act: Act) -> None:
    if purpose in _ways:
        raise ValueError(f"Unsubscribing from {purpose} is registered already.")
    _ways[purpose] = _Way(describe, act)


def link(purpose: str, **subject: Any) -> str:
    """The address for a mail's List-Unsubscribe and its foot. It never expires."""
    token = tokens.make(PURPOSE, {**subject, "what": purpose})
    return links.absolute(reverse("postbox:unsubscribe", args=[token]))


def read(token: str) -> tuple[Stoppable | None, Callable[[], None]]:
    """What the token stops (None: it is stopped already) and the act. Raises accounts.tokens.BadToken."""
    subject = tokens.read(PURPOSE, token)
    way = _ways.get(subject.get("what", "")) if isinstance(subject, dict) else None
    if way is None:
        raise tokens.BadToken("wrong")
    return way.describe(subject), lambda: way.act(subject)
