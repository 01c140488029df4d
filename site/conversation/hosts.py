"""What can be talked about: each part registers its models, this floor knows none of them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property

from conversation import writers

#: Comments are keyed to rows by number; longer ones cannot exist.
LARGEST_ID = 2**63 - 1


def _address(thing: Any) -> str:
    return thing.get_absolute_url()


def _no_words(user: Any, thing: Any) -> str:
    return ""


def _nobody(thing: Any) -> set[tuple[int, str]]:
    return set()


def _as_everywhere(user: Any, thing: Any) -> str | None:
    return writers.name_of(user)


def _none_of_theirs(user: Any) -> set[int]:
    return set()


def _nothing_closed(user: Any, numbers: Collection[int]) -> set[int]:
    return set()


def _nothing(thing: Any) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Host:
    """A model that can be commented on.

    `visible_to` and `may_write` take (user, thing); a user may be anonymous, and who may write is asked only of who
    may see it. `why_closed` (user, thing) is a sentence for them (HTML where it is marked safe) where nobody, or they,
    may write, and signing in would not help. `name_of` (user, thing) is what somebody signed in is called here, if that
    is not what `writers` says: a name for those alone who see the thing. `author_users` gives who is marked as its
    author: the id of a user with the name they published it under, so that a comment of theirs under an alias is not.
    `changed` is called after a comment came, changed or went (to forget cached pages). `moderated_by` gives the numbers
    of those things whose talk this person looks after, besides the editors, and `closed_to` (user, numbers) those of
    them whose talk they should not read unasked: at their desk its words come when they ask for them. `is_private` says
    that only some may see the things, so that their talk is nowhere pointed at and editors are shown of it only what is
    held or flagged. `url` gives the path of the thing's page, `title` what it is called in sentences and mails;
    `things` reads them with what both need.
    """

    model: type[Model]
    visible_to: Callable[[Any, Any], bool]
    may_write: Callable[[Any, Any], bool]
    why_closed: Callable[[Any, Any], str] = field(default=_no_words)
    name_of: Callable[[Any, Any], str | None] = field(default=_as_everywhere)
    author_users: Callable[[Any], set[tuple[int, str]]] = field(default=_nobody)
    changed: Callable[[Any], None] = field(default=_nothing)
    moderated_by: Callable[[Any], set[int]] = field(default=_none_of_theirs)
    closed_to: Callable[[Any, Collection[int]], set[int]] = field(default=_nothing_closed)
    is_private: bool = False
    url: Callable[[Any], str] = field(default=_address)
    title: Callable[[Any], str] = field(default=str)
    things: Callable[[], QuerySet[Any]] | None = None

    @property
    def kind(self) -> str:
        return self.model._meta.label_lower

    def rows(self) -> QuerySet[Any]:
        return self.things() if self.things else self.model._default_manager.all()


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

    @cached_property
    def title(self) -> str:
        return self.host.title(self.thing)

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

    def name_of(self, user: Any) -> str | None:
        return self.host.name_of(user, self.thing) if user.is_authenticated else None

    def why_closed(self, user: Any) -> str:
        return self.host.why_closed(user, self.thing)


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


def looked_after_by(user: Any) -> list[str]:
    """The talks (`Target.key`) that this person looks after without being an editor."""
    if not user.is_authenticated:
        return []
    return [f"{kind}:{number}" for kind, host in _hosts.items() for number in host.moderated_by(user)]


def is_private(talk: str) -> bool:
    """Whether only some may see what this talk (`Target.key`) is about."""
    host = _hosts.get(talk.partition(":")[0])
    return host is not None and host.is_private


def private_kinds() -> list[str]:
    return [kind for kind, host in _hosts.items() if host.is_private]


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
        for thing in _hosts[kind].rows().filter(pk__in=wanted)
    }


def closed_to(user: Any, places: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of these things whose talk this person should not read unasked: one query a kind at most."""
    numbers = defaultdict(set)
    for kind, object_id in places:
        if kind in _hosts:
            numbers[kind].add(object_id)
    return {(kind, one) for kind, some in numbers.items() for one in _hosts[kind].closed_to(user, some)}


def targets_of(comments: Iterable[Any]) -> list[Target]:
    """The things that these comments stand under, each once."""
    return list(find_all({comment.place for comment in comments}).values())


def changed(target: Target | None) -> None:
    """Tell the host, once the change can be seen by everybody."""
    if target:
        transaction.on_commit(lambda: target.host.changed(target.thing))
