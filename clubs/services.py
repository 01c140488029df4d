"""What concerns several features of a club at once."""

from django.db import transaction

from accounts.models import User
from clubs.groups import services as groups
from clubs.groups.models import Membership
from clubs.meetings.services import withdraw


@transaction.atomic
def leave_club(*, membership: Membership) -> None:
    """Their seats are free again, and nothing of theirs stays in the club."""
    withdraw(ally=membership.ally, club=membership.club)
    groups.leave(membership=membership)


@transaction.atomic
def leave_all(user: User) -> None:
    """For the erasure of a person."""
    for membership in Membership.objects.filter(ally__user=user).select_related("ally", "club"):
        leave_club(membership=membership)
