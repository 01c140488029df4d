"""To whom an article's mail goes. Who is an ally is known on a higher floor: it says so in its `ready()`."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower

from accounts.models import User
from content.mailings.choices import Audience
from content.pages.articles import ArticlePage
from content.pages.sorting import Topic
from content.subscriptions.models import Subscriber

_allies: list[Callable[[], QuerySet[User]]] = []


def allies_are(find: Callable[[], QuerySet[User]]) -> None:
    """Register in `AppConfig.ready()` the logins whose addresses count as an ally's."""
    _allies[:] = [find]


def receivers(article: ArticlePage, *, audience: str, topic: Topic | None) -> Any:
    """The subscribers whom its mail goes to, by number. An audience only ever narrows who wants it anyway."""
    wanting = Subscriber.objects.wanting(article)
    if audience == Audience.TOPIC:
        return wanting.filter(pk__in=Subscriber.objects.filter(topics=topic).values("pk"))
    if audience == Audience.ALLIES:
        return wanting.filter(is_ally())
    if audience == Audience.OTHERS:
        return wanting.filter(~is_ally())
    return wanting


def is_ally() -> Exists:
    """Logins keep their addresses in small letters."""
    allies = _allies[0]() if _allies else User.objects.none()
    return Exists(allies.filter(email=Lower(OuterRef("email"))))
