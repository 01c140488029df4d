"""Writing a card, changing a line from either end, throwing it away."""

from typing import Any

from django.db import transaction

from movement.allies.models import Ally
from movement.editing import take_edition
from movement.personas import telling
from movement.personas.models import LINES, PersonaCard
from movement.personas.ties import Answer, Tie
from movement.personas.tying import NotAtThisEnd, ask, settle
from movement.personas.versions import keep_version
from movement.personas.workshops import Workshop


@transaction.atomic
def write_card(*, owner: Ally, ally: Ally | None = None, workshop: Workshop | None = None, **lines: Any) -> PersonaCard:
    """`ally` is the other end, who is asked once. Raises what `tying.ask` raises: then nothing is written."""
    card = PersonaCard.objects.create(owner=owner, workshop=workshop, **lines)
    keep_version(card, owner)
    if ally is not None:
        ask(card=card, ally=ally)
    return card


@transaction.atomic
def change_card(*, card: PersonaCard, edition: int, off_table: bool = False, **lines: Any) -> PersonaCard:
    """Its owner's change of the edition they looked at. Raises movement.editing.ChangedMeanwhile.

    What the other end agreed to stays agreed where none of the lines is another. With `off_table` nobody sees it for
    having sat in its workshop any more.
    """
    before = card_lines(card)
    _save(card, edition, lines | {"workshop": None} if off_table else lines)
    tie = Tie.objects.agreed().filter(card=card).select_related("ally__user").first()
    if before != card.lines:
        keep_version(card, card.owner)
        if tie is not None:
            telling.tell_changed(card, tie)
    else:
        Tie.objects.filter(card=card, agreed_edition=edition).update(agreed_edition=card.edition)
    return card


@transaction.atomic
def correct_card(*, card: PersonaCard, by: Ally, edition: int, **lines: Any) -> PersonaCard:
    """The other end says it as it is, and agrees to that. Raises NotAtThisEnd, movement.editing.ChangedMeanwhile."""
    tie = Tie.objects.offered_to(by.user).filter(card=card).first()
    if tie is None:
        raise NotAtThisEnd
    before = card_lines(card)
    _save(card, edition, {line: lines[line] for line in LINES if line in lines})
    is_another = before != card.lines
    if is_another:
        keep_version(card, by)
    settle(tie=tie, answer=Answer.AGREED, edition=card.edition)
    telling.tell_answered(card, corrected=is_another)
    return card


@transaction.atomic
def delete_card(*, card: PersonaCard) -> None:
    card.delete()


def card_lines(card: PersonaCard) -> dict[str, str]:
    """As they stand in the database: a form has written on the card already."""
    return PersonaCard.objects.values(*LINES).get(pk=card.pk)


def _save(card: PersonaCard, edition: int, values: dict[str, Any]) -> None:
    take_edition(card, edition)
    for field, value in values.items():
        setattr(card, field, value)
    card.save(update_fields=[*values, "changed_at"])
