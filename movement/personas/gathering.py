"""Holding a workshop: opening, coming in, putting a card on the table, taking one home, closing."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from movement.allies.models import Ally
from movement.personas.models import PersonaCard
from movement.personas.services import write_card
from movement.personas.versions import CardVersion
from movement.personas.workshops import Guest, Workshop, new_code

TRIES = 5


class Closed(Exception):
    """It is over: what lies on the table stays, and nothing is added."""


class TakenAlready(Exception):
    """Somebody else has taken this card home."""


@transaction.atomic
def open_workshop(*, host: Ally, title: str, origin: str = "") -> Workshop:
    """With a code of its own; two that come out the same are drawn again."""
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return Workshop.objects.create(host=host, title=title, origin=origin, code=new_code())
        except IntegrityError:
            continue
    raise RuntimeError("No free code was drawn.")


@transaction.atomic
def come_in(*, workshop: Workshop, ally: Ally) -> None:
    """Once; the host is in already. Raises Closed."""
    if workshop.host_id == ally.pk:
        return
    if not Workshop.objects.open().filter(pk=workshop.pk).exists():
        raise Closed
    Guest.objects.get_or_create(workshop=workshop, ally=ally)


@transaction.atomic
def put_on_table(*, workshop: Workshop, ally: Ally, **lines: Any) -> PersonaCard:
    """A card of this ally's that everybody in the workshop sees. Raises Closed."""
    if not Workshop.objects.open().filter(pk=workshop.pk).exists():
        raise Closed
    return write_card(owner=ally, workshop=workshop, **lines)


@transaction.atomic
def take_home(*, workshop: Workshop, card: PersonaCard, ally: Ally) -> PersonaCard:
    """What somebody said while another typed becomes their own card. Raises TakenAlready."""
    on_hosts_screen = PersonaCard.objects.filter(pk=card.pk, workshop=workshop, owner=workshop.host)
    if not on_hosts_screen.exclude(said_by="").exclude(owner=ally).update(owner=ally, said_by=""):
        raise TakenAlready
    CardVersion.objects.filter(card=card).update(by=ally)
    card.refresh_from_db()
    return card


@transaction.atomic
def close_workshop(*, workshop: Workshop) -> None:
    Workshop.objects.filter(pk=workshop.pk, ended_at=None).update(ended_at=timezone.now())
