"""What members hear of a poll: that it is open, and that it is decided. Never who has voted, or how.

The worker tells them, however many they are: whoever opens or closes a poll does not wait for it.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clubs.choosing.models import Poll
from clubs.groups.models import Membership
from postbox import kinds
from postbox.kinds import Kind
from postbox.queue import retrying, task
from postbox.services import notify

POLL = "club-poll"
OPEN, CLOSED, SETTLED = "open", "closed", "settled"


def of_opening(poll: Poll) -> None:
    tell_members.enqueue(poll.pk, OPEN)


def of_closing(poll: Poll) -> None:
    tell_members.enqueue(poll.pk, CLOSED)


def of_settling(poll: Poll) -> None:
    tell_members.enqueue(poll.pk, SETTLED)


@task
@retrying(attempts=5, base=timedelta(seconds=30))
def tell_members(poll_id: int, what: str) -> None:
    """Each of them once, also where it is run again after being cut off; what is not true any more is told to nobody.

    It stands here and not in the app's tasks: those stand above what opens and closes a poll.
    """
    poll = Poll.objects.select_related("club", "winner").filter(pk=poll_id, club__archived_at=None).first()
    if poll is None or (what == OPEN and not poll.is_open):
        return
    url = reverse("clubs:poll", kwargs={"slug": poll.club.slug, "id": poll.pk})
    for member in poll.club.memberships.filter(ally__user__is_active=True).select_related("ally__user").iterator():
        text = _opened(poll, member) if what == OPEN else _closed(poll)
        notify(kind=POLL, user=member.ally.user, event=f"{what}:{poll.pk}:{member.pk}", text=text, url=url)


def _opened(poll: Poll, member: Membership) -> str:
    """Until when, by the clock of whoever reads it."""
    clock = ZoneInfo(member.ally.user.timezone or settings.TIME_ZONE)
    until = date_format(poll.closes_at.astimezone(clock), "l j F, H:i")
    said = _("“%(club)s” chooses its next book. Your voice counts until %(until)s.")
    return said % {"club": poll.club.name, "until": until}


def _closed(poll: Poll) -> str:
    if poll.winner:
        return _("“%(club)s” has chosen: “%(title)s”.") % {"club": poll.club.name, "title": poll.winner.title}
    return _("The poll of “%(club)s” has ended. See how.") % {"club": poll.club.name}


def still_wanted(user: User | None, event: str) -> bool:
    """Still a member; of the opening only while it takes ballots and theirs is not there."""
    what, number, member = event.split(":")
    poll = Poll.objects.filter(pk=number, club__memberships__pk=member, club__memberships__ally__user=user).first()
    if poll is None or poll.club.is_archived:
        return False
    return what != OPEN or (poll.is_open and not poll.ballots.filter(membership__pk=member).exists())


def register_kinds() -> None:
    label = gettext_lazy("A poll in a reading group of mine: it opens, it is decided")
    kinds.register(Kind(name=POLL, label=label, still_wanted=still_wanted, digest="notifications"))
