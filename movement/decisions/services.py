"""Writing a decision down, weighing it for one stakeholder, changing it, telling what came of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from movement.allies.models import Ally
from movement.decisions.models import Decision, Effect, Option, Stakeholder, ask_on_of
from movement.editing import take_edition

#: By option and time: the score, None for what is not known yet, and the word why.
Weighed = Mapping[tuple[int, str], tuple[int | None, str]]


@transaction.atomic
def write_decision(
    *, owner: Ally, options: Mapping[int, str], stakeholders: Mapping[int, str], **said: Any
) -> Decision:
    """`options` and `stakeholders` are named by place; a standing stakeholder has no name."""
    decision = Decision.objects.create(owner=owner, ask_on=ask_on_of(timezone.localdate()), **said)
    _set_parts(decision, options, stakeholders)
    return decision


@transaction.atomic
def change_decision(
    *, decision: Decision, edition: int, options: Mapping[int, str], stakeholders: Mapping[int, str], **said: Any
) -> Decision:
    """An option that is worded anew keeps what was weighed; one that is left out loses it. Raises ChangedMeanwhile."""
    take_edition(decision, edition)
    for field, value in said.items():
        setattr(decision, field, value)
    decision.save(update_fields=list(said))
    _set_parts(decision, options, stakeholders)
    return decision


def _set_parts(decision: Decision, options: Mapping[int, str], stakeholders: Mapping[int, str]) -> None:
    decision.options.exclude(place__in=options).delete()
    decision.stakeholders.exclude(place__in=stakeholders).delete()
    for place, text in options.items():
        Option.objects.update_or_create(decision=decision, place=place, defaults={"text": text})
    for place, name in stakeholders.items():
        Stakeholder.objects.update_or_create(decision=decision, place=place, defaults={"name": name})


@transaction.atomic
def weigh(*, stakeholder: Stakeholder, edition: int, effects: Weighed) -> None:
    """All that is said of one stakeholder. An option that is gone by now is passed over. Raises ChangedMeanwhile."""
    take_edition(stakeholder, edition)
    there = set(Option.objects.filter(decision=stakeholder.decision_id).values_list("pk", flat=True))
    for (option, when), (score, word) in effects.items():
        if option in there:
            said = {"score": score, "word": word}
            Effect.objects.update_or_create(option_id=option, stakeholder=stakeholder, when=when, defaults=said)
    Effect.objects.filter(stakeholder=stakeholder, score=None, word="").delete()


@transaction.atomic
def tell_what_happened(*, decision: Decision, edition: int, text: str) -> None:
    """Empty: nothing is told any more. Raises ChangedMeanwhile."""
    take_edition(decision, edition)
    decision.happened, decision.happened_at = text, timezone.now() if text else None
    decision.save(update_fields=["happened", "happened_at"])


@transaction.atomic
def delete_decision(*, decision: Decision) -> None:
    decision.delete()


def places(texts: Sequence[str], *, first: int = 1) -> dict[int, str]:
    """Those that say something, by the place they stand in."""
    return {place: text for place, text in enumerate(texts, start=first) if text}
