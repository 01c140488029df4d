"""Who came through one's own invitation, told no further than they chose."""

from dataclasses import dataclass

from movement.allies.models import Ally

#: A smaller number would point at a person (design rule 6).
TELLING = 5


@dataclass(frozen=True, kw_only=True)
class Brought:
    """`shown` chose to be seen by name. `others` is how many more there are, or None while they are too few to say."""

    shown: list[Ally]
    others: int | None


def brought_by(ally: Ally) -> Brought:
    """Those who joined through this ally, newest first.

    By name only the open: the inviter knows whom they invited, so an alias in this list would tell who goes by it.
    Aliases and quiet allies are counted together, and from five up.
    """
    everybody = Ally.objects.active().filter(invited_by=ally)
    shown = everybody.open().exclude(name="")
    others = everybody.count() - shown.count()
    newest = list(shown.select_related("unit").order_by("-joined_at", "-pk")[:200])
    return Brought(shown=newest, others=others if others >= TELLING else None)
