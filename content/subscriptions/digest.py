"""What subscribers find in their digest: new articles, and news of what they follow. For anybody, so only what every
visitor may read."""

from collections.abc import Mapping, Sequence
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from content.mailings.audience import is_ally
from content.mailings.choices import Audience, GoesOut
from content.pages.articles import ArticlePage
from content.subscriptions import services
from content.subscriptions.models import Followed, Pace, Subscriber
from content.subscriptions.sources import Source
from postbox.addresses import hashed
from postbox.digests.sections import Due, Item, Section


def gather_articles(dues: Sequence[Due]) -> Mapping[int, Sequence[Item]]:
    """Those first published in the meantime, newest first; five queries, whatever the number of readers."""
    articles = _out(dues)
    if not articles:
        return {}
    return {
        due.number: [
            item
            for article, item in articles
            if due.since < article.first_published_at <= due.until and _is_for(article, subscriber)
        ]
        for due, subscriber in _subscribers(dues, pace=(Pace.WEEKLY, Pace.MONTHLY))
    }


def _is_for(article: ArticlePage, subscriber: Subscriber) -> bool:
    """Whether they chose it, and are among those whom its mail goes to."""
    topics = {topic.pk for topic in subscriber.topics.all()}
    authors = {author.pk for author in subscriber.authors.all()}
    chosen = (
        subscriber.everything
        or topics & {topic.pk for topic in article.topics.all()}
        or authors & {author.pk for author in article.authors.all()}
    )
    is_ally: bool = subscriber.is_ally  # type: ignore[attr-defined]  # annotated
    audience = {
        Audience.TOPIC: article.mail_topic_id in topics,
        Audience.ALLIES: is_ally,
        Audience.OTHERS: not is_ally,
    }
    return bool(chosen) and audience.get(Audience(article.mail_to), True)


def _out(dues: Sequence[Due]) -> list[tuple[ArticlePage, Item]]:
    """What goes out by mail and has a page to lead to."""
    span = {
        "first_published_at__gt": min(due.since for due in dues),
        "first_published_at__lte": max(due.until for due in dues),
    }
    articles = ArticlePage.objects.public_ones().filter(is_demo=False, goes_out=GoesOut.BOTH, **span)
    return [
        (
            article,
            Item(
                key=f"article:{article.pk}",
                title=article.title,
                url=article.get_absolute_url(),
                text=_line(article),
            ),
        )
        for article in articles.prefetch_related("topics", "authors")
    ]


def _line(article: ArticlePage) -> str:
    names = ", ".join(author.name for author in article.authors.all())
    by = _("By %(names)s. ") % {"names": names} if names else ""
    return by + article.standfirst


def _subscribers(dues: Sequence[Due], *, pace: Sequence[str] = Pace.values) -> list[tuple[Due, Subscriber]]:
    by_recipient = {hashed(due.email): due for due in dues}
    subscribers = Subscriber.objects.confirmed().filter(recipient__in=by_recipient, pace__in=pace)
    subscribers = subscribers.annotate(is_ally=is_ally()).prefetch_related("topics", "authors")
    return [(by_recipient[subscriber.recipient], subscriber) for subscriber in subscribers]


def gather_news(source: Source, dues: Sequence[Due]) -> Mapping[int, Sequence[Item]]:
    followed: dict[int, list[str]] = {}
    chosen = {subscriber.pk: due for due, subscriber in _subscribers(dues)}
    for row in Followed.objects.filter(subscriber__in=chosen, source=source.name):
        followed.setdefault(row.subscriber_id, []).append(row.key)
    keys = sorted({key for mine in followed.values() for key in mine})
    if not keys:
        return {}
    news = source.news(keys, min(due.since for due in dues), max(due.until for due in dues))
    return {
        chosen[number].number: [
            one.item
            for key in mine
            for one in news.get(key, ())
            if chosen[number].since < one.at <= chosen[number].until
        ]
        for number, mine in followed.items()
    }


def manage(dues: Sequence[Due]) -> Mapping[int, str]:
    return {due.number: services.manage_url(subscriber) for due, subscriber in _subscribers(dues)}


def stop_articles(email: str, _user: User | None) -> None:
    """Whoever ends the letter that holds their subscription ends the subscription."""
    if subscriber := Subscriber.objects.at(email).first():
        services.stop(subscriber=subscriber)


def stop_news(source: str, email: str, _user: User | None) -> None:
    if subscriber := Subscriber.objects.at(email).first():
        services.stop_following(subscriber=subscriber, source=source)


ARTICLES = Section(
    name=services.ARTICLES,
    position=10,
    heading=gettext_lazy("New articles"),
    gather=gather_articles,
    stop=stop_articles,
    manage=manage,
)


def section_of(source: Source) -> Section:
    return Section(
        name=source.section,
        position=source.position,
        heading=source.heading,
        gather=partial(gather_news, source),
        stop=partial(stop_news, source.name),
        manage=manage,
    )
