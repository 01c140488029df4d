"""Writes the digests that are due, in batches: each is one transaction, so that a clock or worker killed at any moment
leaves a batch wholly written or wholly to be written.

Only who gets one is decided here. Its words are found as it goes out (`digests.letter`), and what may not be read any
more by then is not in it.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from post_office.models import PRIORITY, STATUS, Email

from postbox import addresses, kinds, letters, unsubscribing
from postbox.digests import gathering, mornings
from postbox.digests.models import Digest, DigestChoice, DigestReader
from postbox.models import Dispatch

KIND = "digest"
A_BATCH = 200


def anything_due(now: datetime | None = None) -> bool:
    return DigestReader.objects.due(now or timezone.now()).exists()


def write_due(now: datetime | None = None) -> int:
    """Every digest whose morning has come and that has something to tell; returns how many were written."""
    moment, written = now or timezone.now(), 0
    while (batch := _write_batch(moment)) is not None:
        written += batch
    return written


@transaction.atomic
def _write_batch(now: datetime) -> int | None:
    """None when nobody is due. The rows are locked, so two writers share the work."""
    rows = DigestReader.objects.due(now).select_for_update(skip_locked=True, of=("self",))
    due = list(rows.select_related("user")[:A_BATCH])
    if not due:
        return None
    mornings_of = {reader.pk: mornings.latest(now, rhythm=reader.rhythm, zone=reader.zone) for reader in due}
    fresh = _not_written(due, mornings_of)
    told = gathering.told(fresh, until=now)
    digests = [
        Digest(reader=reader, morning=mornings_of[reader.pk], until=now, told=told[reader.pk])
        for reader in fresh
        if reader.pk in told
    ]
    _post(Digest.objects.bulk_create(digests))
    DigestChoice.objects.filter(reader__in=fresh).update(told_until=now)
    _wait_for_the_next(due, now)
    return len(digests)


def _not_written(due: Sequence[DigestReader], mornings_of: dict[int, date]) -> list[DigestReader]:
    """Without those who had this morning's (they may have moved to another time zone since), and those who left."""
    had = set(Digest.objects.filter(reader__in=due).values_list("reader", "morning"))
    return [
        reader
        for reader in due
        if (reader.pk, mornings_of[reader.pk]) not in had and (reader.user is None or reader.user.is_active)
    ]


def _wait_for_the_next(due: Sequence[DigestReader], now: datetime) -> None:
    """One statement for each of the few moments at which they are due again."""
    again: dict[datetime, list[int]] = defaultdict(list)
    for reader in due:
        again[mornings.after(now, rhythm=reader.rhythm, zone=reader.zone)].append(reader.pk)
    for moment, readers in again.items():
        DigestReader.objects.filter(pk__in=readers).update(next_at=moment)


def _post(digests: Sequence[Digest]) -> None:
    """The rows by which each goes out once; the least urgent of all mails."""
    emails = Email.objects.bulk_create([_email(digest) for digest in digests])
    Dispatch.objects.bulk_create(
        Dispatch(
            event=digest.event,
            kind=KIND,
            recipient=addresses.hashed(email.to[0]),
            user=digest.reader.user,
            email=email,
        )
        for digest, email in zip(digests, emails, strict=True)
    )


def _email(digest: Digest) -> Email:
    reader = digest.reader
    to = reader.user.email if reader.user else reader.email
    return Email(
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        headers=letters.headers_for(
            kind=KIND, label=str(kinds.get(KIND).label), unsubscribe_url=stop_url(reader), more={}
        ),
        message_id=letters.message_id(kind=KIND, event=digest.event, recipient=addresses.hashed(to)),
        priority=PRIORITY.low,
        status=STATUS.queued,
    )


def stop_url(reader: DigestReader) -> str:
    """Names the address by its hash: it works as long as anything comes there, however often they came back. By its
    number it works too where the login has another address since.
    """
    return unsubscribing.link("digest", to=reader.recipient, rhythm=reader.rhythm, id=reader.pk)
