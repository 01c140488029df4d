"""What the digests register with the doors of this floor."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import personal_data
from accounts.models import User
from accounts.personal_data import addresses_of
from postbox import kinds, unsubscribing
from postbox.addresses import hashed
from postbox.digests import letter, notices, sections, services
from postbox.digests.models import DigestReader
from postbox.digests.writing import KIND
from postbox.unsubscribing import Stoppable, Subject


def register_all() -> None:
    kinds.register(kinds.Kind(name=KIND, label=gettext_lazy("The digest"), in_preferences=False, words=letter.words))
    sections.register(notices.SECTION)
    unsubscribing.register("digest", describe=_describe, act=_stop)
    personal_data.declare(DigestReader, export=_readers, erase=_erase)


def _meant(subject: Subject) -> DigestReader | None:
    found = DigestReader.objects.filter(recipient=subject["to"], rhythm=subject["rhythm"]).first()
    return found or DigestReader.objects.filter(pk=subject.get("id", 0)).first()


def _describe(subject: Subject) -> Stoppable | None:
    reader = _meant(subject)
    if reader is None:
        return None
    headings = [str(sections.get(name).heading) for name in reader.choices.values_list("section", flat=True)]
    return Stoppable(what=_("the digest (%(parts)s)") % {"parts": ", ".join(headings)}, address=reader.email)


def _stop(subject: Subject) -> None:
    reader = _meant(subject)
    if reader is not None:
        services.end(recipient=reader.recipient, rhythm=reader.rhythm)


def _readers(user: User) -> Iterator[dict[str, Any]]:
    for reader in _of(user):
        yield {
            "email": reader.email,
            "rhythm": reader.rhythm,
            "time_zone": reader.timezone,
            "sections": [choice.section for choice in reader.choices.all()],
            "next": reader.next_at,
        }


def _erase(user: User) -> None:
    _of(user).delete()


def _of(user: User) -> Any:
    hashes = [hashed(address) for address in addresses_of(user)]
    return DigestReader.objects.filter(Q(recipient__in=hashes) | Q(user=user)).prefetch_related("choices")
