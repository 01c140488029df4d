"""Who is in a club, told so that nobody who is quiet can be counted."""

import math
from dataclasses import dataclass

from django.db.models import QuerySet

from clubs.groups.models import Club, Membership
from movement.allies import circles
from movement.allies.models import Ally
from movement.spread.safety import FEWEST

#: So many stand on the club's own page; all of them are on the page of its members.
AT_A_GLANCE = 12
#: The ring's circle, and the gap between two of its arcs.
AROUND, GAP = 100.0, 3.0


def fellows(club: Club, limit: int | None = None) -> list[Membership]:
    """The members that show themselves, organisers first. How many do not is told to nobody."""
    return list(club.memberships.shown().longest_first()[:limit])


def own_clubs(ally: Ally | None) -> set[int]:
    return set(Membership.objects.filter(ally=ally).values_list("club_id", flat=True)) if ally else set()


@dataclass(frozen=True)
class Mix:
    """Of how many departments a club's open members are."""

    departments: int

    @property
    def arc(self) -> float:
        """One department's part of the ring, which is `AROUND` long, without the gap after it."""
        return round(AROUND / self.departments - GAP, 3)

    @property
    def gap(self) -> float:
        return GAP

    @property
    def radius(self) -> float:
        return round(AROUND / (2 * math.pi), 3)


def mix_of(club: Club) -> Mix | None:
    """Of a club read `with_mix()`: where five or more open members say where they work, and more than one place."""
    members, departments = club.mix_members, club.mix_departments  # type: ignore[attr-defined]
    return Mix(departments) if members >= FEWEST and departments > 1 else None


def in_common(me: Ally | None, ally: Ally) -> list[Club]:
    """Where both are members, and `ally` is one that fellow members see."""
    if me is None or me == ally:
        return []
    theirs = Membership.objects.shown().filter(ally=ally).values("club")
    return list(Club.objects.of(me).filter(pk__in=theirs))


def fellows_of(ally: Ally) -> "QuerySet[Membership, int]":
    """The primary keys of the members of this one's clubs; the directory shows those whom it would show anyway."""
    mine = Membership.objects.filter(ally=ally).values("club")
    return Membership.objects.filter(club__in=mine).order_by().values_list("ally", flat=True)


def register_fellows() -> None:
    circles.register("clubs", fellows_of)
