"""The close, once; and the count, once. Results, texts and the end of all answers are one transaction."""

import importlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, Q
from django.utils import timezone

from movement.allies.models import Ally
from movement.pulse import urn
from movement.pulse.models import Pulse, Result
from movement.pulse.papers import AddressList, Ticket
from movement.pulse.safety import FEWEST, nearest_five
from movement.pulse.voices import FEWEST_TEXTS, Voice

#: A steward who reads the texts first has so long; then they appear by themselves.
READING_TIME = timedelta(days=7)


class NotOpen(Exception):
    """It has not begun yet, or is closed already."""


def close_early(*, pulse: Pulse) -> None:
    """From now on no answer comes in. Of two at the same moment one closes it. Raises NotOpen for the other, and before
    it has opened."""
    if not _close(Pulse.objects.filter(pk=pulse.pk, opens_at__lte=timezone.now())):
        raise NotOpen


def close_due() -> int:
    """Those whose time is over, however long ago; returns how many were closed now."""
    return _close(Pulse.objects.filter(closes_at__lte=timezone.now()))


def _close(pulses: Any) -> int:
    return pulses.filter(closed_at=None).update(closed_at=timezone.now())


def uncounted() -> list[int]:
    return list(_to_count().values_list("pk", flat=True))


def _to_count() -> Any:
    return Pulse.objects.filter(closed_at__isnull=False, results_at=None, called_off_at=None)


@transaction.atomic
def call_off_empty(pulse_id: int) -> None:
    """Its list held no address, so nobody can take part. The pulse stays, for its steward to see why; people who do
    hold a ticket keep their pulse."""
    now = timezone.now()
    empty = Pulse.objects.filter(pk=pulse_id, closed_at=None).exclude(Exists(Ticket.objects.filter(pulse=pulse_id)))
    if empty.update(closed_at=now, called_off_at=now):
        AddressList.objects.filter(pulse=pulse_id).delete()
        urn.burn(Pulse(pk=pulse_id))


def count(pulse_id: int) -> bool:
    """Write what may be known of a closed pulse, and destroy the rest; False when that was done before, or is not due.

    Killed at any moment it leaves everything as it was; run twice it counts once. Fewer than five answers are
    destroyed unread.
    """
    pulse = _to_count().filter(pk=pulse_id).first()
    if pulse is None:
        return False
    # Loaded here and not above: the web process imports this module, and must not import the statistics.
    counting = importlib.import_module("movement.pulse.counting")
    questions, texts = list(pulse.questions.all()), []

    def ratings() -> Any:
        for content in urn.contents(pulse):
            if "ratings" in content:
                yield content
            elif content["text"]:
                texts.append(content["text"])

    own, people = counting.tallies(ratings(), len(questions))
    rows = counting.results_of(pulse, questions, own) if people >= FEWEST else []
    return _freeze(pulse, rows, texts if people >= FEWEST else [], people)


@transaction.atomic
def _freeze(pulse: Pulse, rows: list[Result], texts: list[str], people: int) -> bool:
    now = timezone.now()
    frozen = {
        "results_at": now,
        "texts_at": now + READING_TIME if pulse.reads_texts and len(texts) >= FEWEST_TEXTS else now,
        "asked": nearest_five(asked_of(pulse)),
        "took_part": nearest_five(people),
    }
    if not Pulse.objects.filter(pk=pulse.pk, results_at=None).update(**frozen):
        return False
    Result.objects.bulk_create(rows, batch_size=500)
    if len(texts) >= FEWEST_TEXTS:
        secrets.SystemRandom().shuffle(texts)
        Voice.objects.bulk_create((Voice(pulse=pulse, text=text) for text in texts), batch_size=500)
    urn.burn(pulse)
    urn.destroy(Ticket.objects.filter(pulse=pulse))
    AddressList.objects.filter(pulse=pulse).delete()
    return True


def asked_of(pulse: Pulse) -> int:
    """How many could have taken part: allies at the close, or tickets that went out."""
    if pulse.is_for_allies:
        used = Ticket.objects.filter(pulse=pulse, is_used=True).values("ally")
        return Ally.objects.filter(Q(user__is_active=True) | Q(pk__in=used)).count()
    return Ticket.objects.filter(pulse=pulse).count()
