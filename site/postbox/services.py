"""The one door for everything sent."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from post_office.models import PRIORITY, STATUS, Email

from accounts.models import User
from postbox import addresses, discretion, kinds, letters, links, unsubscribing
from postbox.digests import sections
from postbox.digests import services as digests
from postbox.models import Dispatch, How, Notification, Pause, Preference

LONGEST_EVENT = 200
PREFERENCES = "/me/notifications/#preferences"


@transaction.atomic
def send_mail(
    *,
    kind: str,
    to: str,
    event: str,
    template: str,
    context: Mapping[str, Any],
    user: User | None = None,
    unsubscribe_url: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Email | None:
    """Write a mail that the worker sends: in the caller's transaction, once per (event, to, kind).

    Returns None when that mail was written before. `event` names the cause, such as "comment:12". `user` is the
    person behind the address, if there is one: whether the kind is still wanted is asked again before sending.
    Raises LookupError for a kind nobody registered, BadHeaderError for a line break in a header, ValidationError
    for what is not an address.
    """
    how_urgent = PRIORITY.medium if kinds.get(kind).by_choice else PRIORITY.high
    validate_email(to)
    recipient = addresses.hashed(to)
    dispatch = _claim(event=event, kind=kind, recipient=recipient, user=user)
    if dispatch is None:
        return None
    letter = letters.write(template, {**context, "unsubscribe_url": unsubscribe_url, "user": user})
    email = Email(
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        subject=letter.subject,
        message=letter.text,
        html_message=letter.html,
        headers=letters.headers_for(
            kind=kind, label=str(kinds.get(kind).label), unsubscribe_url=unsubscribe_url, more=headers or {}
        ),
        message_id=letters.message_id(kind=kind, event=event, recipient=recipient),
        priority=how_urgent,
        status=STATUS.queued,
    )
    email.save()
    Dispatch.objects.filter(pk=dispatch.pk).update(email=email)
    return email


def _claim(*, event: str, kind: str, recipient: str, user: User | None) -> Dispatch | None:
    """The row that lets this mail go out once; None when it is there already."""
    if len(event) > LONGEST_EVENT:
        raise ValueError(f"An event's name has at most {LONGEST_EVENT} letters.")
    try:
        with transaction.atomic():
            return Dispatch.objects.create(event=event, kind=kind, recipient=recipient, user=user)
    except IntegrityError:
        return None


@transaction.atomic
def notify(*, kind: str, user: User, event: str, text: str, url: str) -> Notification | None:
    """Tell a signed-in person something once per event, and by mail as well when they like to hear at once.

    `url` is a path on this site. Returns None when they were told before.
    """
    chosen = kinds.get(kind)
    whole = links.absolute(url)
    note, is_new = Notification.objects.get_or_create(
        user=user, kind=kind, event=event, defaults={"text": text[:400], "url": url}
    )
    if not is_new:
        return None
    if not chosen.by_choice or preference_of(user, kind) == How.NOW:
        send_mail(
            kind=kind,
            to=user.email,
            event=event,
            template="notification",
            context={"text": text, "url": whole, "kind": chosen.label, "manage_url": links.absolute(PREFERENCES)},
            user=user,
            unsubscribe_url=unsubscribing.link("notification", user=user.pk, kind=kind) if chosen.by_choice else None,
        )
    return note


def preference_of(user: User, kind: str) -> str:
    """When this kind reaches them by mail; as it says itself until they do, and not before a pause has ended."""
    chosen = Preference.objects.filter(user=user, kind=kind).values_list("how", flat=True).first()
    chosen = chosen or kinds.at_first(kind)
    is_put_off = chosen == How.NOW and Pause.objects.on().filter(user=user).exists()
    return How.DIGEST if is_put_off else chosen


def preferences_of(user: User) -> dict[str, str]:
    """What they have chosen, by kind."""
    return dict(Preference.objects.filter(user=user).values_list("kind", "how"))


@transaction.atomic
def prefer(*, user: User, choices: Mapping[str, str], rhythm: str | None = None) -> None:
    """Keep how each kind is to reach this person, and how often the digest comes. Raises LookupError for an unknown
    kind."""
    for kind, how in choices.items():
        Preference.objects.update_or_create(user=user, kind=kinds.get(kind).name, defaults={"how": How(how)})
    digests.choose(
        user=user,
        rhythm=rhythm or digests.rhythm_of(user),
        wanted=_told_by_digest(user),
        among={kind.digest for kind in kinds.choosable() if kind.digest},
    )


def _told_by_digest(user: User) -> set[str]:
    """The sections that a person's choices call for; a pause adds those that have to tell of it."""
    chosen = preferences_of(user)
    wanted = {How.DIGEST, How.NOW} if Pause.objects.filter(user=user).exists() else {How.DIGEST}
    return {kind.digest for kind in kinds.choosable() if kind.digest and chosen.get(kind.name, kind.at_first) in wanted}


@transaction.atomic
def prefer_all(*, user: User, choices: Mapping[str, str], digest: Mapping[str, Any]) -> None:
    """A person's whole page of choices: kinds, `rhythm` and `sections` of the digest, `discreet`."""
    prefer(user=user, choices=choices, rhythm=digest["rhythm"])
    offered = [section.name for section in sections.offered_to(user)]
    digests.choose(user=user, rhythm=digest["rhythm"], wanted=digest.get("sections", ()), among=offered)
    discretion.ask(address=user.email, discreet=digest["discreet"])


@transaction.atomic
def prefer_throughout(*, user: User, how: str, discreet: bool) -> None:
    """The same for every kind; what no digest tells of still comes at once unless it is to be told on the site only,
    and at once means for each kind as it is at first."""
    offered = {
        kind.name: kind.at_first if how == How.NOW or not (kind.digest or how != How.DIGEST) else how
        for kind in kinds.choosable()
    }
    prefer(user=user, choices=offered)
    discretion.ask(address=user.email, discreet=discreet)


def mark_all_read(*, user: User) -> int:
    return Notification.objects.visible_to(user).unread().update(read_at=timezone.now())


def take_back(*, user: User, under: str) -> None:
    """Notifications that lead under this path are there no more: whoever was told may not see any of it now."""
    Notification.objects.visible_to(user).filter(url__startswith=under).delete()


def mark_read(*, note: Notification) -> None:
    Notification.objects.filter(pk=note.pk, read_at=None).update(read_at=timezone.now())


def mark_unread(*, note: Notification) -> None:
    Notification.objects.filter(pk=note.pk).update(read_at=None)
