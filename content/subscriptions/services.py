"""Subscribing, confirming, choosing, stopping."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from accounts import limits, tokens
from accounts.models import User
from accounts.services import verified_address
from content.subscriptions import choosing, sources
from content.subscriptions.choosing import Choice
from content.subscriptions.models import Consent, Pace, Subscriber
from postbox import addresses, discretion, links, unsubscribing
from postbox.digests import services as digests
from postbox.services import send_mail

CONFIRM, MANAGE = "subscription-confirm", "subscription-manage"
CONFIRM_WITHIN = timedelta(days=14)
#: Whoever finds an old letter may still stop what comes (that link has no age), but not see or change it.
MANAGE_WITHIN = timedelta(days=180)
ARTICLES = "articles"


@transaction.atomic
def subscribe(*, email: str, network: str, choice: Choice | None = None) -> None:
    """Ask the address to confirm. The answer to the visitor is the same whoever subscribes already. Raises TooMany.

    Whoever does gets the link to their choices instead; nobody changes them by knowing the address.
    """
    limits.hit("subscribe-network", network, limit=20, per=timedelta(hours=1))
    limits.hit("subscribe-address", email.lower(), limit=3, per=timedelta(hours=1))
    subscriber = _row(email)
    if subscriber.confirmed_at:
        return _remind(subscriber)
    choosing.write(subscriber, choice or Choice())
    ask_to_confirm(subscriber, template="subscription_confirm")


def ask_to_confirm(
    subscriber: Subscriber, *, template: str, kind: str = CONFIRM, event: str = "", **context: object
) -> None:
    """In the caller's transaction. A kind by choice can be stopped from the mail itself."""
    token = tokens.make(CONFIRM, subscriber.pk)
    send_mail(
        kind=kind,
        to=subscriber.email,
        event=event or f"subscriber:{subscriber.pk}:{get_random_string(8)}",
        template=template,
        context=context
        | {
            "link": links.absolute(reverse("content:confirm_subscription", args=[token])),
            "what": choosing.in_words(subscriber),
            "is_discreet": subscriber.is_discreet,
        },
        unsubscribe_url=stop_url(subscriber) if kind != CONFIRM else None,
    )


def _remind(subscriber: Subscriber) -> None:
    send_mail(
        kind=CONFIRM,
        to=subscriber.email,
        event=f"subscriber:{subscriber.pk}:{get_random_string(8)}",
        template="subscription_there",
        context={
            "link": links.absolute(manage_url(subscriber)),
            "what": choosing.in_words(subscriber),
            "is_discreet": discretion.is_discreet(subscriber.email),
        },
    )


def _row(email: str) -> Subscriber:
    address = email.strip()
    return Subscriber.objects.get_or_create(email__iexact=address, defaults={"email": address})[0]


def waiting(token: str) -> Subscriber | None:
    """Whom a confirming link is for; None when the subscription has ended since. Raises BadToken."""
    return Subscriber.objects.filter(pk=tokens.read(CONFIRM, token, CONFIRM_WITHIN)).first()


@transaction.atomic
def confirm(*, subscriber: Subscriber, how: str = Consent.How.PAGE) -> None:
    """From now on this address gets what it chose; a second time changes nothing."""
    now = timezone.now()
    if not Subscriber.objects.filter(pk=subscriber.pk, confirmed_at=None).update(confirmed_at=now):
        return
    subscriber.refresh_from_db()
    consent(subscriber, at=now, how=how, words=_("Yes, send me: %(what)s") % {"what": choosing.in_words(subscriber)})
    if subscriber.is_discreet:
        discretion.ask(address=subscriber.email, discreet=True)
    _settle(subscriber)


def consent(subscriber: Subscriber, *, at: datetime, how: str, words: str) -> None:
    Consent.objects.create(subscriber=subscriber, at=at, how=how, words=words[:500])


def managed(token: str) -> Subscriber | None:
    """Whose choices a link shows. Raises BadToken."""
    return Subscriber.objects.filter(pk=tokens.read(MANAGE, token, MANAGE_WITHIN)).first()


def manage_url(subscriber: Subscriber) -> str:
    return reverse("content:manage_subscription", args=[tokens.make(MANAGE, subscriber.pk)])


def stop_url(subscriber: Subscriber) -> str:
    """Names the address by its hash too: it stops what comes there now, even after a new beginning."""
    return unsubscribing.link("subscription", id=subscriber.pk, to=addresses.hashed(subscriber.email))


def of_user(user: User) -> Subscriber | None:
    """The subscription of the address that somebody signs in with, once both are confirmed."""
    address = verified_address(user)
    return Subscriber.objects.confirmed().at(address).first() if address else None


@transaction.atomic
def subscribe_as(*, user: User, choice: Choice) -> Subscriber | None:
    """Whoever is signed in with a confirmed address has nothing more to confirm; None without such an address."""
    address = verified_address(user)
    if address is None:
        return None
    subscriber = _row(address)
    choosing.write(subscriber, choice)
    confirm(subscriber=subscriber, how=Consent.How.ACCOUNT)
    subscriber.refresh_from_db()
    _settled(subscriber, choice, user)
    return subscriber


@transaction.atomic
def choose(*, subscriber: Subscriber, choice: Choice, user: User | None = None) -> None:
    """This and nothing else from now on."""
    choosing.write(subscriber, choice)
    if subscriber.confirmed_at:
        _settled(subscriber, choice, user)


def _settled(subscriber: Subscriber, choice: Choice, user: User | None) -> None:
    if choice.discreet is not None:
        discretion.ask(address=subscriber.email, discreet=choice.discreet)
    _settle(subscriber, user)


def _settle(subscriber: Subscriber, user: User | None = None) -> None:
    """The digest holds what does not come at once: articles at a slower pace, and news, which wait for Monday."""
    rhythm = Pace.WEEKLY if subscriber.pace == Pace.NOW else subscriber.pace
    followed = set(subscriber.followed.values_list("source", flat=True))
    wanted = {ARTICLES: subscriber.pace != Pace.NOW and choosing.wants_articles(subscriber)}
    wanted |= {source.section: source.name in followed for source in sources.in_order()}
    for section, is_wanted in wanted.items():
        if is_wanted:
            digests.join(email=subscriber.email, section=section, rhythm=rhythm, zone=subscriber.timezone, user=user)
        else:
            digests.leave(email=subscriber.email, section=section)


@transaction.atomic
def move(*, user: User, old: str, new: str) -> None:
    """A confirmed subscription goes with its login to the new address, where one that is confirmed already counts."""
    mine = Subscriber.objects.confirmed().at(old).first()
    if mine is None:
        return
    there = Subscriber.objects.at(new).first()
    if there and there.confirmed_at:
        mine.delete()
        return _settle(there, user)
    if there:
        there.delete()
    mine.email = new
    mine.save(update_fields=["email", "recipient"])
    _settle(mine, user)


@transaction.atomic
def stop(*, subscriber: Subscriber) -> None:
    """The address is forgotten, not only switched off."""
    for section in (ARTICLES, *(source.section for source in sources.in_order())):
        digests.leave(email=subscriber.email, section=section)
    if not User.objects.filter(email__iexact=subscriber.email).exists():
        discretion.ask(address=subscriber.email, discreet=False)
    Subscriber.objects.filter(pk=subscriber.pk).delete()


@transaction.atomic
def stop_following(*, subscriber: Subscriber, source: str) -> None:
    """No more news of it; a subscription that holds nothing else ends."""
    subscriber.followed.filter(source=source).delete()
    if choosing.wants_articles(subscriber) or subscriber.followed.exists():
        _settle(subscriber)
    else:
        stop(subscriber=subscriber)


def forget_the_unconfirmed() -> None:
    """Their links are too old to be of use."""
    Subscriber.objects.filter(confirmed_at=None, created_at__lt=timezone.now() - CONFIRM_WITHIN).delete()
