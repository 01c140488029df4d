from clubs.groups.models import Club, Membership
from movement.allies.models import Ally


def fellows(club: Club) -> list[Membership]:
    """The members that show themselves, organisers first. How many do not is told to nobody."""
    return list(club.memberships.shown().longest_first())


def may_meet(clubs: list[Club], ally: Ally | None) -> tuple[list[Club], list[Club]]:
    """One's own clubs, and the others."""
    if ally is None:
        return [], clubs
    own = set(Membership.objects.filter(ally=ally).values_list("club_id", flat=True))
    return [club for club in clubs if club.pk in own], [club for club in clubs if club.pk not in own]
