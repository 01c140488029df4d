"""Opening a pulse: what a steward decides, and what becomes of it until then."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from movement.pulse.lists import has_address, keep_list
from movement.pulse.models import FEWEST_QUESTIONS, LONGEST, MOST_QUESTIONS, SHORTEST, Asked, Audience, Pulse, Question
from movement.pulse.papers import Urn


class BadPlan(Exception):
    """`why` is "questions", "past", "length", "addresses"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class AnotherIsOpen(Exception):
    """The same people are asked already, or are about to be."""


class HasOpened(Exception):
    """It can be closed early, but no longer called off."""


@transaction.atomic
def plan(
    *,
    questions: Sequence[Question],
    opens_at: datetime,
    closes_at: datetime,
    audience: str = Audience.ALLIES,
    asks_text: bool = True,
    reads_texts: bool = True,
    addresses: str = "",
    by: Any = None,
) -> Pulse:
    """From one to five questions, for one to three weeks, from now on or later. Raises BadPlan, AnotherIsOpen."""
    _check_questions(questions)
    _check_times(opens_at, closes_at)
    if audience == Audience.EVERYONE and not has_address(addresses):
        raise BadPlan("addresses")
    pulse = _create(
        audience=Audience(audience),
        opens_at=opens_at,
        closes_at=closes_at,
        asks_text=asks_text,
        reads_texts=reads_texts,
        planned_by=by,
    )
    Asked.objects.bulk_create(_asked(pulse, questions))
    Urn.objects.create(pulse=pulse)
    if pulse.audience == Audience.EVERYONE:
        keep_list(pulse=pulse, text=addresses)
    return pulse


def _check_questions(questions: Sequence[Question]) -> None:
    if not FEWEST_QUESTIONS <= len({question.pk for question in questions}) == len(questions) <= MOST_QUESTIONS:
        raise BadPlan("questions")


def _check_times(opens_at: datetime, closes_at: datetime) -> None:
    now = timezone.now()
    if closes_at <= now or opens_at.date() < now.date():
        raise BadPlan("past")
    if not SHORTEST <= closes_at - opens_at <= LONGEST:
        raise BadPlan("length")


def _create(**fields: Any) -> Pulse:
    """One at a time for an audience, by the database's word."""
    try:
        with transaction.atomic():
            return Pulse.objects.create(**fields)
    except IntegrityError as error:
        raise AnotherIsOpen from error


def _asked(pulse: Pulse, questions: Sequence[Question]) -> list[Asked]:
    return [
        Asked(
            pulse=pulse,
            question=question,
            position=place,
            topic=question.topic,
            serving=question.serving,
            served=question.served,
        )
        for place, question in enumerate(questions, start=1)
    ]


@transaction.atomic
def call_off(*, pulse: Pulse) -> None:
    """As if it had never been planned. Raises HasOpened."""
    waiting = Pulse.objects.select_for_update(of=("self",)).filter(pk=pulse.pk, opens_at__gt=timezone.now())
    found = waiting.first()
    if found is None:
        raise HasOpened
    found.delete()
