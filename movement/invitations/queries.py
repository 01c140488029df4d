"""Who came through one's own invitations, told no further than they chose."""

from dataclasses import dataclass

from django.db import connection

from accounts.models import User
from movement.allies.models import Ally, AllyQuerySet
from movement.invitations.letters import greeting_of
from movement.invitations.models import Invitation, Redemption

#: A smaller number would point at a person (design rule 6); larger ones move in steps of as many.
TELLING = 5


@dataclass(frozen=True, kw_only=True)
class Brought:
    """`shown` chose to be seen by name, `named` is how many they are. `others` is the least number of those besides,
    in steps of five, or None while they are too few to say."""

    shown: list[Ally]
    named: int
    others: int | None


def named(allies: AllyQuerySet) -> AllyQuerySet:
    """Whom an inviter is told of: the open only. They know whom they asked, so an alias would tell who goes by it."""
    return allies.active().open().exclude(name="")


def stepped(count: int) -> int | None:
    """The count as it may be said: None below five, then 5, 10, 15 …"""
    return count // TELLING * TELLING or None


def brought_by(ally: Ally) -> Brought:
    """Those who joined through this ally, newest first."""
    return _told(Ally.objects.filter(invited_by=ally))


def brought_through(invitation: Invitation) -> Brought:
    return _told(Ally.objects.filter(redemption__invitation=invitation))


def _told(everybody: AllyQuerySet) -> Brought:
    shown = named(everybody)
    count = shown.count()
    newest = list(shown.select_related("unit").order_by("-joined_at", "-pk")[:200])
    return Brought(shown=newest, named=count, others=stepped(everybody.active().count() - count))


def reached_by(ally: Ally) -> int | None:
    """How far it went: everybody below this ally, whom they brought and whom those brought.

    Those they know of by name are counted as they are, and the others in steps of five: were all counted in steps, the
    fifth after four known ones would tell who has just come. One query however deep it goes, and one for the known;
    that nobody is brought by who came later keeps it from going round.
    """
    allies, users = (connection.ops.quote_name(model._meta.db_table) for model in (Ally, User))
    below = (
        f"WITH RECURSIVE below(id, user_id) AS (SELECT id, user_id FROM {allies} WHERE invited_by_id = %s "
        f"UNION ALL SELECT a.id, a.user_id FROM {allies} a JOIN below b ON a.invited_by_id = b.id) "
        f"SELECT count(*) FROM below JOIN {users} u ON u.id = below.user_id WHERE u.is_active"
    )
    with connection.cursor() as cursor:
        cursor.execute(below, [ally.pk])
        below_them = cursor.fetchone()[0]
    known = named(Ally.objects.filter(invited_by=ally)).count()
    others = stepped(below_them - known)
    return others and known + others


def inviter_of(ally: Ally) -> Ally | None:
    """Who brought them, as long as that one shows the name they asked by; the other end of the same edge."""
    came = Redemption.objects.filter(joined=ally).select_related("invitation__owner").first()
    if came is None or not greeting_of(came.invitation):
        return None
    return Ally.objects.shown_to_allies().filter(pk=came.invitation.owner_id).first()


def came_by_invitation() -> int | None:
    """How many of all allies came by an invitation, for the stewards: a number, in steps of five."""
    return stepped(Redemption.objects.filter(joined__user__is_active=True).count())
