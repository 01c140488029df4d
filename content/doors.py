"""What the publishing registers with the floors below: talk under its pages, a way to stop its mails, personal data."""

from collections.abc import Iterable, Mapping
from typing import Any

from accounts import personal_data
from accounts.models import User
from content.pagecache import forget
from content.pages.articles import ArticlePage
from content.pages.primer import ChapterPage
from content.pages.sorting import Author
from content.progress.models import ChapterMark
from content.search.library import register_library
from content.subscriptions import services
from content.subscriptions.models import Subscriber
from content.wishes.doors import open_doors as open_wishes
from conversation import hosts
from postbox import unsubscribing

CONFIRM = services.CONFIRM


def is_public(_user: Any, page: Any) -> bool:
    """A draft, an unpublished or a private page has no talk for anybody."""
    return page.live and not page.get_view_restrictions()  # read once, kept with the page


def authors_of(article: ArticlePage) -> set[tuple[int, str]]:
    return {(author.user_id, author.name) for author in article.bylines if author.user_id}


def article_still_wanted(_user: User | None, event: str) -> bool:
    """Asked right before sending: the article may have been taken back since, or the subscription ended."""
    _article, article_id, subscriber_id = event.split(":")
    subscribed = Subscriber.objects.confirmed().filter(pk=int(subscriber_id)).exists()
    return subscribed and ArticlePage.objects.public_ones().filter(pk=int(article_id)).exists()


def describe(subject: Mapping[str, Any]) -> unsubscribing.Stoppable | None:
    subscriber = Subscriber.objects.filter(pk=subject["id"]).first()
    return unsubscribing.Stoppable(what="new articles", address=subscriber.email) if subscriber else None


def export_subscription(user: User) -> Iterable[dict[str, Any]]:
    for subscriber in Subscriber.objects.at(user.email).prefetch_related("topics"):
        topics = [topic.name for topic in subscriber.topics.all()]
        yield {"email": subscriber.email, "topics": topics, "confirmed_at": subscriber.confirmed_at}


def erase_byline(user: User) -> None:
    """What somebody published stays, under the name they published it; their face and the tie to their login go."""
    Author.objects.filter(user=user).update(user=None, portrait=None)


def open_all() -> None:
    register_library()
    open_wishes()
    for model, authors in ((ArticlePage, authors_of), (ChapterPage, lambda _page: set())):
        hosts.register(
            hosts.Host(
                model=model,
                visible_to=is_public,
                may_write=is_public,
                author_users=authors,
                changed=lambda _page: forget(),
            )
        )
    unsubscribing.register(
        "subscription", describe=describe, act=lambda subject: services.stop(subscriber_id=subject["id"])
    )
    personal_data.declare(
        Subscriber, export=export_subscription, erase=lambda user: Subscriber.objects.at(user.email).delete() and None
    )
    personal_data.declare(
        ChapterMark,
        export=personal_data.rows(ChapterMark, "user", "chapter__title", "what", "at"),
        erase=personal_data.delete_rows(ChapterMark, "user"),
    )
    personal_data.declare(
        Author, export=lambda user: user.bylines.values("name", "biography", "portrait__file"), erase=erase_byline
    )
