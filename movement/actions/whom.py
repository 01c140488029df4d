"""For whom: in words, or by the name of something of the site that whoever writes may see (an ally, a card)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from movement.actions.origins import Place, known
from movement.allies.models import Ally, Unit


def offered(ally: Ally) -> list[str]:
    """What the field offers while somebody types; anything else can be written as well."""
    units = Unit.objects.choosable().values_list("name", flat=True)
    names: Iterable[str] = (name for origin in known() if origin.offered for name in origin.offered(ally))
    return list(dict.fromkeys([_("Our customers"), *names, *units]))


def meant(ally: Ally, text: str) -> tuple[str, Place] | None:
    """The one thing of this name that they may see; None for words, and where two bear it."""
    found = [(origin.name, place) for origin in known() if origin.called for place in origin.called(ally.user, text)]
    return found[0] if len(found) == 1 else None
