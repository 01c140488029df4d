"""Subscribing, confirming, stopping, and sending an article to everybody who wants it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts import limits, tokens
from content.pages.articles import ArticlePage
from content.pages.sorting import Topic
from content.subscriptions.models import Subscriber
from postbox import links, unsubscribing
from postbox.services import send_mail

CONFIRM, MANAGE = "subscription-confirm", "subscription-manage"
CONFIRM_WITHIN = timedelta(days=14)
A_BATCH = 200


@transaction.atomic
def subscribe(*, email: str, network: str) -> None:
    """Ask the address to confirm. The answer to the visitor is the same whoever subscribes already. Raises TooMany."""
    limits.hit("subscribe-network", network, limit=20, per=timedelta(hours=1))
    limits.hit("subscribe-address", email.lower(), limit=3, per=timedelta(hours=1))
    address = email.strip()
    subscriber, _new = Subscriber.objects.get_or_create(email__iexact=address, defaults={"email": address})
    if subscriber.confirmed_at:
        return
    token = tokens.make(CONFIRM, subscriber.pk)
    send_mail(
        kind=CONFIRM,
        to=subscriber.email,
        event=f"subscriber:{subscriber.pk}:{get_random_string(8)}",
        template="subscription_confirm",
        context={"link": links.absolute(reverse("content:confirm_subscription", args=[token]))},
    )


def waiting(token: str) -> Subscriber | None:
    """Whom a confirming link is for; None when the subscription has ended since. Raises BadToken."""
    return Subscriber.objects.filter(pk=tokens.read(CONFIRM, token, CONFIRM_WITHIN)).first()


@transaction.atomic
def confirm(*, subscriber: Subscriber) -> None:
    """From now on this address gets new articles; a second time changes nothing."""
    Subscriber.objects.filter(pk=subscriber.pk, confirmed_at__isnull=True).update(confirmed_at=timezone.now())


def managed(token: str) -> Subscriber | None:
    """Whose choices a link shows. Raises BadToken."""
    return Subscriber.objects.filter(pk=tokens.read(MANAGE, token)).first()


def manage_url(subscriber: Subscriber) -> str:
    return reverse("content:manage_subscription", args=[tokens.make(MANAGE, subscriber.pk)])


@transaction.atomic
def choose(*, subscriber: Subscriber, topics: Iterable[Topic]) -> None:
    """Only articles about these topics; about everything when there are none."""
    subscriber.topics.set(topics)


@transaction.atomic
def stop(*, subscriber_id: int) -> None:
    """The address is forgotten, not only switched off."""
    Subscriber.objects.filter(pk=subscriber_id).delete()


def wanting(article: ArticlePage) -> Any:
    """Everybody who wants everything, and those who chose one of its topics."""
    everything = Subscriber.objects.confirmed().filter(topics__isnull=True)
    some = Subscriber.objects.confirmed().filter(topics__in=article.topics.all())
    return (everything | some).distinct().order_by("pk")


def send_article(*, article: ArticlePage) -> int:
    """One mail per subscriber, in batches of their own transactions; run again it goes on where it stopped."""
    sent, last = 0, 0
    while batch := list(wanting(article).filter(pk__gt=last)[:A_BATCH]):
        with transaction.atomic():
            sent += sum(send_to(article, subscriber) for subscriber in batch)
        last = batch[-1].pk
    return sent


def article_event(article: ArticlePage, subscriber: Subscriber) -> str:
    """The name of "this article to this subscriber", by which its mail is written once."""
    return f"article:{article.pk}:{subscriber.pk}"


def send_to(article: ArticlePage, subscriber: Subscriber) -> bool:
    """False when this subscriber was sent this article before."""
    mail = send_mail(
        kind="article",
        to=subscriber.email,
        event=article_event(article, subscriber),
        template="article",
        context={
            "article": article,
            "link": links.absolute(article.get_absolute_url()),
            "manage_url": links.absolute(manage_url(subscriber)),
        },
        unsubscribe_url=unsubscribing.link("subscription", id=subscriber.pk),
    )
    return mail is not None
