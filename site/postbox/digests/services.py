"""Who gets which sections: joining, leaving, choosing on one's own page, ending it all from a mail."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from postbox import addresses, kinds
from postbox.digests import mornings, sections
from postbox.digests.models import DigestChoice, DigestReader, Rhythm


@transaction.atomic
def join(*, email: str, section: str, rhythm: str, user: User | None = None, zone: str = "") -> DigestReader:
    """From now on this address hears of a section in its digest of this rhythm, and in no other.

    Whoever moves from one rhythm to another misses nothing in between. Raises LookupError for an unknown section.
    """
    name = sections.get(section).name
    reader = _reader(email=email, rhythm=Rhythm(rhythm), user=user, zone=zone)
    choices = DigestChoice.objects.filter(reader__recipient=reader.recipient, section=name)
    kept = choices.order_by("told_until").values_list("told_until", flat=True).first()
    choices.exclude(reader=reader).delete()
    DigestChoice.objects.get_or_create(reader=reader, section=name, defaults={"told_until": kept or timezone.now()})
    _forget_empty(reader.recipient)
    return reader


def _reader(*, email: str, rhythm: str, user: User | None, zone: str) -> DigestReader:
    now = timezone.now()
    reader, is_new = DigestReader.objects.get_or_create(
        recipient=addresses.hashed(email),
        rhythm=rhythm,
        defaults={"email": email.strip(), "user": user, "timezone": zone, "next_at": now},
    )
    reader.user, reader.timezone = user or reader.user, zone or reader.timezone
    coming = mornings.after(now, rhythm=rhythm, zone=reader.zone)
    # One that is due already is being written, or is about to be: it keeps its hour.
    reader.next_at = coming if is_new or reader.next_at > now else reader.next_at
    reader.save()
    return reader


@transaction.atomic
def leave(*, email: str, section: str) -> None:
    """Nothing of this section any more, at any rhythm."""
    recipient = addresses.hashed(email)
    DigestChoice.objects.filter(reader__recipient=recipient, section=section).delete()
    _forget_empty(recipient)


@transaction.atomic
def move(*, user: User, old: str, new: str) -> None:
    """The digests of the old address come to the new one; a section that is chosen there already stays as it is."""
    there = DigestReader.objects.filter(recipient=addresses.hashed(new))
    chosen = list(there.values_list("choices__section", flat=True))
    for reader in DigestReader.objects.filter(recipient=addresses.hashed(old)):
        reader.choices.filter(section__in=[name for name in chosen if name]).delete()
        same = there.filter(rhythm=reader.rhythm).first()
        if same is None:
            reader.email = new.strip()
            reader.save()
        else:
            reader.choices.update(reader=same)
            reader.delete()
    there.update(user=user)
    _forget_empty(addresses.hashed(new))


def _forget_empty(recipient: str) -> None:
    """Whoever joins meanwhile has locked the reader's row: their choice is waited for, and seen."""
    mine = DigestReader.objects.filter(recipient=recipient)
    list(mine.select_for_update().values_list("pk", flat=True))
    mine.filter(choices=None).delete()


def chosen_by(user: User) -> set[str]:
    return set(_choices_of(user).values_list("section", flat=True))


def rhythm_of(user: User) -> str:
    """How often this person hears what they chose on their own page; weekly until they choose."""
    mine = _choices_of(user).filter(section__in=_on_own_page())
    return mine.values_list("reader__rhythm", flat=True).first() or Rhythm.WEEKLY


def next_of(user: User) -> datetime | None:
    """When this person's next digest is due; None while they have chosen nothing for it."""
    mine = DigestReader.objects.filter(recipient=addresses.hashed(user.email))
    return mine.order_by("next_at").values_list("next_at", flat=True).first()


def _choices_of(user: User) -> QuerySet[DigestChoice]:
    return DigestChoice.objects.filter(reader__recipient=addresses.hashed(user.email)).order_by("pk")


def _on_own_page() -> set[str]:
    """The sections that a person chooses there; those of a subscription are chosen with it."""
    return {section.name for section in sections.in_order() if section.offer} | {
        kind.digest for kind in kinds.choosable() if kind.digest
    }


@transaction.atomic
def choose(*, user: User, rhythm: str, wanted: Iterable[str], among: Iterable[str]) -> None:
    """Of the sections `among`, these and no others at this rhythm; what is chosen elsewhere stays as it is."""
    chosen, asked = set(wanted), set(among)
    formerly = DigestChoice.objects.filter(reader__user=user).exclude(reader__recipient=addresses.hashed(user.email))
    formerly.filter(section__in=asked).delete()
    for name in asked:
        if name in chosen:
            join(email=user.email, section=name, rhythm=rhythm, user=user)
        else:
            leave(email=user.email, section=name)


@transaction.atomic
def end(*, recipient: str, rhythm: str) -> None:
    """Each section is told that it was stopped here; a second time changes nothing."""
    reader = DigestReader.objects.filter(recipient=recipient, rhythm=rhythm).select_related("user").first()
    if reader is None:
        return
    for name in list(reader.choices.values_list("section", flat=True)):
        stop = sections.get(name).stop
        if stop is not None:
            stop(reader.email, reader.user)
    DigestReader.objects.filter(pk=reader.pk).delete()
