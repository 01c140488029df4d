"""What the subscriptions register with the floors below: their mails, how to stop them, their parts of the digest, and
that they are personal data."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import personal_data
from accounts.models import User
from content.subscriptions import choosing, digest, importing, services, sources
from content.subscriptions.models import Consent, Subscriber, SubscriberQuerySet
from postbox import moving, unsubscribing
from postbox.addresses import hashed
from postbox.digests import sections
from postbox.kinds import Kind, register


def meant(subject: Mapping[str, Any]) -> Subscriber | None:
    """Whom a link of ours is about: by its number, or by the hash of the address that began anew since."""
    found = Subscriber.objects.filter(pk=subject["id"]).first()
    return found or Subscriber.objects.filter(recipient=subject.get("to", "none")).first()


def describe(subject: Mapping[str, Any]) -> unsubscribing.Stoppable | None:
    subscriber = meant(subject)
    if subscriber is None:
        return None
    return unsubscribing.Stoppable(what=choosing.in_words(subscriber), address=subscriber.email)


def act(subject: Mapping[str, Any]) -> None:
    subscriber = meant(subject)
    if subscriber is not None:
        services.stop(subscriber=subscriber)


def _of(user: User) -> SubscriberQuerySet:
    """One for each of their addresses, at most."""
    hashes = [hashed(address) for address in personal_data.addresses_of(user)]
    return Subscriber.objects.filter(recipient__in=hashes)


def export(user: User) -> Iterable[dict[str, Any]]:
    for subscriber in _of(user).prefetch_related("topics", "authors", "followed", "consents"):
        yield {
            "email": subscriber.email,
            "everything": subscriber.everything,
            "topics": [topic.name for topic in subscriber.topics.all()],
            "authors": [author.name for author in subscriber.authors.all()],
            "followed": [str(followed) for followed in subscriber.followed.all()],
            "when": subscriber.pace,
            "time_zone": subscriber.timezone,
            "created_at": subscriber.created_at,
            "confirmed_at": subscriber.confirmed_at,
        }


def export_consents(user: User) -> Iterable[dict[str, Any]]:
    for consent in Consent.objects.filter(subscriber__in=_of(user)):
        yield {"at": consent.at, "how": consent.how, "words": consent.words}


def erase(user: User) -> None:
    for subscriber in _of(user):
        services.stop(subscriber=subscriber)


def open_doors() -> None:
    register(Kind(name=services.CONFIRM, label=_("Confirming a subscription"), by_choice=False, is_covered=False))
    # By choice, unlike the others: it may wait behind everything that somebody has just asked for.
    asked = importing.still_wanted
    register(Kind(name=importing.KIND, label=_("An invitation to confirm"), still_wanted=asked, in_preferences=False))
    unsubscribing.register("subscription", describe=describe, act=act)
    moving.register(services.move)
    sections.register(digest.ARTICLES)
    sources.on_register(lambda source: sections.register(digest.section_of(source)))
    personal_data.declare(Consent, export=export_consents, erase=personal_data.kept_without_name)
    personal_data.declare(Subscriber, export=export, erase=erase)
