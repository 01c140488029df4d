"""Who serves somebody in my department, and lets all allies see the card: a reason to meet."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from movement.allies.meeting import from_start, register_reason
from movement.allies.models import Ally, Visibility
from movement.personas.models import Audience, End, PersonaCard


def serving_my_department(me: Ally, start: int) -> Iterable[tuple[int, str]]:
    """Open owners only: a card is no way to an alias chosen later."""
    if me.unit is None:
        return []
    cards = PersonaCard.objects.visible_to(me.user).filter(unit=me.unit, end=End.SERVER, audience=Audience.ALLIES)
    theirs = cards.filter(owner__visibility=Visibility.OPEN).exclude(owner=me)
    why = _("Serves somebody in %(department)s") % {"department": me.unit.name}
    return [(number, why) for (number,) in from_start(theirs, start, "owner", "owner_id")]


def register_serving() -> None:
    register_reason("serves your department", position=10, find=serving_my_department)
