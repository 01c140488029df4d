"""What a subscription holds, as it is chosen on the pages and said in words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from content.pages.sorting import Author, Topic
from content.subscriptions import sources
from content.subscriptions.models import Followed, Pace, Subscriber

Labels = Mapping[tuple[str, str], str]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The whole of it. `followed` are pairs of a source's name and a key; `timezone` "" and `discreet` None leave what
    was known.
    """

    everything: bool = True
    topics: Collection[Topic] = ()
    authors: Collection[Author] = ()
    followed: frozenset[tuple[str, str]] = frozenset()
    pace: str = Pace.NOW
    timezone: str = ""
    discreet: bool | None = None


def write(subscriber: Subscriber, choice: Choice) -> None:
    """In the caller's transaction."""
    subscriber.everything, subscriber.pace = choice.everything, choice.pace
    subscriber.timezone = choice.timezone or subscriber.timezone
    if choice.discreet is not None:
        subscriber.is_discreet = choice.discreet
    subscriber.save(update_fields=["everything", "pace", "timezone", "is_discreet"])
    subscriber.topics.set(choice.topics)
    subscriber.authors.set(choice.authors)
    had = set(subscriber.followed.values_list("source", "key"))
    for source, key in had - choice.followed:
        subscriber.followed.filter(source=source, key=key).delete()
    Followed.objects.bulk_create(
        Followed(subscriber=subscriber, source=source, key=key) for source, key in choice.followed - had
    )


def wants_articles(subscriber: Subscriber) -> bool:
    return subscriber.everything or subscriber.topics.exists() or subscriber.authors.exists()


def in_words(subscriber: Subscriber, labels: Labels | None = None) -> str:
    """ "all new articles", or "new articles about Handovers or by Auden Vale; news of The Thursday Table".

    `labels` (`sources.labels()`) is for who asks about many: with what is prefetched, no question is asked then.
    """
    parts = [_articles(subscriber), _followed(subscriber, labels)]
    return "; ".join(part for part in parts if part) or _("nothing at the moment")


def _articles(subscriber: Subscriber) -> str:
    if subscriber.everything:
        return _("all new articles")
    about = _listed([topic.name for topic in subscriber.topics.all()])
    by = _listed([author.name for author in subscriber.authors.all()])
    if about and by:
        return _("new articles about %(topics)s, and those by %(authors)s") % {"topics": about, "authors": by}
    if about:
        return _("new articles about %(topics)s") % {"topics": about}
    return _("new articles by %(authors)s") % {"authors": by} if by else ""


def _followed(subscriber: Subscriber, labels: Labels | None) -> str:
    mine = {(followed.source, followed.key) for followed in subscriber.followed.all()}
    if mine and labels is None:
        labels = sources.labels()
    names = [label for which, label in (labels or {}).items() if which in mine]
    return _("news of %(names)s") % {"names": _listed(names)} if names else ""


def _listed(names: list[str]) -> str:
    return get_text_list(names, _("or"))
