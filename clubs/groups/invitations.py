"""The way into a club that lets nobody in by itself: a link that an organiser hands on.

The link is for a group, so it is not used up: it lets in whoever has it, for two weeks. Should it reach somebody it was
not meant for, an organiser makes a new one, and every earlier link of the club is dead.
"""

from datetime import timedelta

from django.db import transaction

from accounts import tokens
from clubs.groups.models import Club, Membership, fresh_nonce
from clubs.groups.services import admit
from movement.allies.models import Ally

PURPOSE = "club-invitation"
LASTS = timedelta(days=14)


def make_token(*, organiser: Membership) -> str:
    """Good for two weeks, until `renew_links`, and no longer than they organise the club."""
    return tokens.make(PURPOSE, [organiser.pk, organiser.club.invite_nonce])


def invited_by(*, slug: str, token: str) -> Membership | None:
    """The organiser behind a link to this club.

    None when it is none of ours, too old, replaced by a new one, they organise no more, or the club was put away.
    """
    try:
        organiser, nonce = tokens.read(PURPOSE, token, max_age=LASTS)
    except (tokens.BadToken, TypeError, ValueError):
        return None
    alive = Club.objects.alive().filter(slug=slug, invite_nonce=nonce)
    behind = Membership.objects.organisers().filter(pk=organiser, club__in=alive)
    return behind.select_related("club").first()


def renew_links(*, club: Club) -> None:
    """From now on none of the links handed out before leads in."""
    Club.objects.filter(pk=club.pk).update(invite_nonce=fresh_nonce())


@transaction.atomic
def accept_invitation(*, organiser: Membership, ally: Ally) -> Membership:
    """Become a member, whatever the club's access. Raises ClubIsFull, MayNotComeBack."""
    return admit(organiser.club, ally)
