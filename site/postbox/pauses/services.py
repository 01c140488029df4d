"""Being left alone until a day, and hearing then, in one letter, what there was.

Codes and confirmations still come: somebody has just asked for them.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from post_office.models import Email

from accounts.models import User
from postbox.addresses import hashed
from postbox.digests import mornings
from postbox.digests.models import DigestReader, DigestReaderQuerySet
from postbox.models import Dispatch
from postbox.pauses.models import Pause
from postbox.services import prefer

#: The digest of the day has surely gone out, or been given up, by then.
TOLD_BY = timedelta(days=6)


@transaction.atomic
def pause(*, user: User, until: date) -> Pause:
    """No mail by choice before eight in the morning of that day, by this person's clock."""
    zone = ZoneInfo(user.timezone or settings.TIME_ZONE)
    ends_at = mornings.eight(until, zone)
    running = Pause.objects.on().filter(user=user).first()
    kept, _is_new = Pause.objects.update_or_create(
        user=user,
        defaults={
            "recipient": hashed(user.email),
            "since": running.since if running else timezone.now(),
            "ends_at": ends_at,
        },
    )
    if running:
        _wake(running, at=ends_at)
    prefer(user=user, choices={})
    _readers(user).update(next_at=ends_at)
    return kept


@transaction.atomic
def resume(*, user: User) -> None:
    """From now on as before; what there was comes with a digest in a moment."""
    now = timezone.now()
    running = Pause.objects.on(now).filter(user=user).first()
    if running and Pause.objects.filter(pk=running.pk).update(ends_at=now):
        _wake(running, at=now)
        _readers(user).update(next_at=now)


def _wake(pause: Pause, *, at: datetime) -> None:
    """The mails that the sender has put off until its end go out at another time."""
    asleep = Dispatch.objects.filter(recipient=pause.recipient, email__scheduled_time=pause.ends_at)
    Email.objects.filter(pk__in=list(asleep.values_list("email", flat=True))).update(scheduled_time=at)


def until_of(user: User) -> datetime | None:
    """When the pause ends that this person has asked for; None when there is none."""
    return Pause.objects.on().filter(user=user).values_list("ends_at", flat=True).first()


def windows(users: Iterable[int]) -> dict[int, Pause]:
    """By person: the stretch of time of which the digest has to tell what would have come at once."""
    return {pause.user_id: pause for pause in Pause.objects.filter(user__in=users)}


def forget_ended() -> int:
    """The pause is long over: whoever wants no digest has none again. Returns how many were forgotten."""
    ended = Pause.objects.filter(ends_at__lt=timezone.now() - TOLD_BY).select_related("user")
    return sum(_forget(pause) for pause in ended)


@transaction.atomic
def _forget(pause: Pause) -> bool:
    gone = Pause.objects.filter(pk=pause.pk, ends_at=pause.ends_at).delete()[0]  # they may pause anew this very moment
    prefer(user=pause.user, choices={})
    return bool(gone)


def _readers(user: User) -> DigestReaderQuerySet:
    return DigestReader.objects.filter(recipient=hashed(user.email))
