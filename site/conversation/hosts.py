"""What can be talked about: each part registers its models, this floor knows none of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

#: Comments are keyed to rows by number; longer ones cannot exist.
LARGEST_ID = 2**63 - 1


def _address(thing: Any) -> str:
    return thing.get_absolute_url()


def _nobody(thing: Any) -> set[tuple[int, str]]:
    return set()


def _nothing(thing: Any) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Host:
    """A model that can be commented on.

    `visible_to` and `may_write` take (user, thing); a user may be anonymous, and who may write is asked only of who
    may see it. `author_users` gives who is marked as its author: the id of a user with the name they published it
    under, so that a comment of theirs under an alias is not. `changed` is called after a comment came, changed or
    went (to forget cached pages).
    `url` gives the path of the thing's page.
    """

    model: type[Model]
    visible_to: Callable[[Any, Any], bool]
    may_write: Callable[[Any, Any], bool]
    author_users: Callable[[Any], set[tuple[int, str]]] = field(default=_nobody)
    changed: Callable[[Any], None] = field(default=_nothing)
    url: Callable[[Any], str] = field(default=_address)

    @property
    def kind(self) -> str:
        return self.model._meta.label_lower


@dataclass(frozen=True)
class Target:
    """One thing that is talked about, with the host that speaks for it."""

    host: Host
    thing: Any
    _seen: dict[int | None, bool] = field(default_factory=dict, compare=False, repr=False)

    @property
    def kind(self) -> str:
        return self.host.kind

    @property
    def key(self) -> str:
        """Names the thing among all that can be talked about."""
        return f"{self.kind}:{self.thing.pk}"

    @property
    def url(self) -> str:
        return self.host.url(self.thing)

    @property
    def content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(self.host.model)

    def visible_to(self, user: Any) -> bool:
        """Asked of the host once a person: a target is in hand for one request only."""
        if user.pk not in self._seen:
            self._seen[user.pk] = self.host.visible_to(user, self.thing)
        return self._seen[user.pk]

    def open_to(self, user: Any) -> bool:
        """Whether this person may write here now."""
        return self.visible_to(user) and self.host.may_write(user, self.thing)


_hosts: dict[str, Host] = {}


def register(host: Host) -> None:
    """Once per model, from `AppConfig.ready()`."""
    if host.kind in _hosts:
        raise ValueError(f"{host.kind} can be commented on already.")
    _hosts[host.kind] = host


def unregister(model: type[Model]) -> None:
    _hosts.pop(model._meta.label_lower, None)


def target_of(thing: Any) -> Target:
    """The target for a thing in hand, always of its specific type. Raises LookupError for a model nobody registered."""
    thing = getattr(thing, "specific", thing)
    kind = type(thing)._meta.label_lower
    if kind not in _hosts:
        raise LookupError(f"Register Host(model={type(thing).__name__}, …) with conversation.hosts.register.")
    return Target(_hosts[kind], thing)


def find(kind: str, object_id: int) -> Target | None:
    """The thing of this kind and number, whoever asks; None when there is none."""
    return find_all([(kind, object_id)]).get((kind, object_id))


def find_all(places: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Target]:
    """Those of these things that exist, by kind and number: one query a kind."""
    numbers = defaultdict(set)
    for kind, object_id in places:
        if kind in _hosts and 0 < object_id <= LARGEST_ID:
            numbers[kind].add(object_id)
    return {
        (kind, thing.pk): Target(_hosts[kind], thing)
        for kind, wanted in numbers.items()
        for thing in _hosts[kind].model._default_manager.filter(pk__in=wanted)
    }
