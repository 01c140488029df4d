"""Who is at the other end of a card: asking them, their answer, and parting."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts import limits
from movement.allies.models import Ally
from movement.personas import telling
from movement.personas.models import PersonaCard
from movement.personas.ties import Answer, Tie

A_DAY = 5


class NotThere(Exception):
    """No ally whom the owner could see: there is none, or they are quiet, or the two are kept apart."""


class NobodyToShow(Exception):
    """A quiet ally appears under no name: whoever is asked would hear from nobody."""


class Themselves(Exception):
    """A card has two ends."""


class TiedAlready(Exception):
    """Somebody is at the other end, or is being asked."""


class NotAtThisEnd(Exception):
    """They are not (any more) at the other end of this card."""


@transaction.atomic
def ask(*, card: PersonaCard, ally: Ally) -> Tie:
    """`ally` is at the other end. They are told of it once for this card, whatever they answer and however often it is
    tied to them; who has said that it is not for them hears nothing.

    Raises NobodyToShow, Themselves, NotThere, TiedAlready, limits.TooMany.
    """
    owner = card.owner
    if owner.shown_name is None:
        raise NobodyToShow
    if ally.pk == owner.pk:
        raise Themselves
    if not Ally.objects.visible_to(owner.user).filter(pk=ally.pk).exists():
        raise NotThere
    PersonaCard.objects.select_for_update().get(pk=card.pk)  # of two who tie one card at once the second is told
    tied = Tie.objects.filter(card=card, ended_at=None)
    if Tie.objects.standing().filter(card=card).exists():
        raise TiedAlready
    tied.update(ended_at=timezone.now())  # somebody who appears otherwise by now, or was parted from
    limits.hit("personas.ask", owner.pk, A_DAY, timedelta(days=1))
    before = Tie.objects.filter(card=card, ally=ally).first()
    if before is None:
        made = Tie.objects.create(card=card, ally=ally, from_edition=card.edition)
        telling.tell_asked(card, made)
        return made
    return _again(before, card)


def _again(tie: Tie, card: PersonaCard) -> Tie:
    """As if new, to who looks at it; a no stays a no."""
    if tie.answer != Answer.DECLINED:
        tie.answer = Answer.WAITING
    tie.agreed_edition, tie.from_edition = None, card.edition
    tie.asked_at, tie.ended_at = timezone.now(), None
    tie.save()
    return tie


@transaction.atomic
def confirm(*, card: PersonaCard, by: Ally, edition: int) -> None:
    """The other end agrees to the edition they have read. Raises NotAtThisEnd."""
    tie = _mine(card, by)
    is_new = settle(tie=tie, answer=Answer.AGREED, edition=min(edition, card.edition))
    if is_new:
        telling.tell_answered(card, corrected=False)


@transaction.atomic
def decline(*, card: PersonaCard, by: Ally) -> None:
    """It is not for them, now or any more. Nobody is told, and they are not asked again. Raises NotAtThisEnd."""
    Tie.objects.filter(pk=_mine(card, by).pk).update(
        answer=Answer.DECLINED, agreed_edition=None, answered_at=timezone.now()
    )


@transaction.atomic
def untie(*, card: PersonaCard) -> None:
    """Its owner takes the card back to themselves."""
    Tie.objects.filter(card=card, ended_at=None).update(ended_at=timezone.now())


def settle(*, tie: Tie, answer: Answer, edition: int) -> bool:
    """Whether that was not so before."""
    stands = Tie.objects.filter(pk=tie.pk, ended_at=None)
    was_so = stands.filter(answer=answer, agreed_edition=edition).exists()
    stands.update(answer=answer, agreed_edition=edition, answered_at=timezone.now())
    return not was_so


def _mine(card: PersonaCard, by: Ally) -> Tie:
    tie = Tie.objects.offered_to(by.user).filter(card=card).first()
    if tie is None:
        raise NotAtThisEnd
    return tie
