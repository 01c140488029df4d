"""What decisions register with other parts: the talk below each, search, and where small actions come from."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from content.search.marking import excerpt, marked
from content.search.rows import matching, taken
from content.search.sources import Found, Hit, Source, Wanted
from content.search.sources import register as register_source
from content.search.words import Asked
from conversation.hosts import Host
from conversation.hosts import register as register_host
from movement.actions.origins import Origin, Place
from movement.actions.origins import register as register_origin
from movement.decisions.models import Decision
from movement.permissions import may_sign, why_not_signed


def is_seen_by(user: Any, decision: Decision) -> bool:
    return Decision.objects.visible_to(user).filter(pk=decision.pk).exists()


def looked_after_by(user: Any) -> set[int]:
    """One's own."""
    return set(Decision.objects.filter(owner__user=user.pk).values_list("pk", flat=True))


def search(user: User | AnonymousUser, asked: Asked, wanted: Wanted) -> Iterator[Found]:
    found = matching(Decision.objects.visible_to(user), asked, name=["text"], rest=["background", "happened"])
    decisions, total, strength = taken(found, asked, wanted.of("decisions"))
    hits = [
        Hit(title=marked(one.text, asked), url=one.get_absolute_url(), text=excerpt(one.background, asked))
        for one in decisions
    ]
    yield Found(kind="decisions", hits=hits, total=total, strength=strength)


def seen(viewer: Any, numbers: Collection[int]) -> Iterable[Place]:
    for decision in Decision.objects.visible_to(viewer).filter(pk__in=numbers):
        said = _("From weighing “%(text)s”") % {"text": decision.text}
        yield Place(number=decision.pk, said=said, url=decision.get_absolute_url())


def register_decisions() -> None:
    register_host(
        Host(
            model=Decision,
            visible_to=is_seen_by,
            may_write=lambda user, _decision: may_sign(user),
            why_closed=lambda user, _decision: why_not_signed(user),
            moderated_by=looked_after_by,
            is_private=True,
        )
    )
    register_source(Source(position=45, kinds={"decisions": gettext_lazy("Decisions")}, search=search))
    register_origin(Origin(name="decision", seen=seen))
