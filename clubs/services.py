"""What concerns several features of a club at once."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from clubs.choosing.models import Closing, Poll
from clubs.choosing.services import close
from clubs.groups import services as groups
from clubs.groups import telling
from clubs.groups.invitations import renew_links
from clubs.groups.keeping_out import keep_out
from clubs.groups.models import Club, Membership
from clubs.meetings.answering import withdraw
from clubs.meetings.services import call_off
from conversation.changing import rename_writer
from postbox.services import take_back


@transaction.atomic
def leave_club(*, membership: Membership, successor: Membership | None = None) -> None:
    """Their seats are free again, nothing of theirs stays in the club, and what they were told of it is gone."""
    withdraw(ally=membership.ally, club=membership.club)
    take_back(user=membership.ally.user, under=membership.club.get_absolute_url())
    if membership.alias:  # another may take it up
        rename_writer(user=membership.ally.user, name=_("A former member"), formerly=membership.alias)
    groups.leave(membership=membership, successor=successor)


@transaction.atomic
def remove_member(*, membership: Membership, for_good: bool = False) -> None:
    """As if they had left; the links into the club that they may have kept lead nowhere, and they are told kindly.

    `for_good`: they get in by no door until an organiser lifts that.
    """
    club, number = membership.club, membership.pk
    if for_good:
        keep_out(membership)
    leave_club(membership=membership)
    renew_links(club=club)
    telling.of_the_end(user=membership.ally.user, club=club, number=number, for_good=for_good)


@transaction.atomic
def archive_club(*, club: Club) -> None:
    """Read only from now on. What was still to come is called off, polls too, so that calendars learn of it."""
    for meeting in club.meetings.upcoming():
        call_off(meeting=meeting)
    for poll in Poll.objects.running().filter(club=club):
        close(poll=poll, why=Closing.CALLED_OFF)
    groups.put_away(club=club)


@transaction.atomic
def leave_all(user: User) -> None:
    """For the erasure of a person."""
    for membership in Membership.objects.filter(ally__user=user).select_related("ally__user", "club"):
        leave_club(membership=membership)
