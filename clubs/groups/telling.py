"""What people are told about their place in a reading group. Each is asked again right before its mail goes out."""

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clubs.groups.models import Club, JoinRequest, Membership
from postbox import kinds
from postbox.kinds import Kind
from postbox.services import notify

PLACE, DESK, ENDED = "club-place", "club-desk", "club-ended"


def of_request(request: JoinRequest) -> None:
    """To each organiser: somebody asks. Who it is stands on the page alone."""
    club = request.club
    for organiser in club.memberships.organisers().select_related("ally__user"):
        notify(
            kind=DESK,
            user=organiser.ally.user,
            event=f"request:{request.pk}:{organiser.pk}",
            text=_("Somebody asks to join “%(club)s”.") % {"club": club.name},
            url=_members(club) + "#asking",
        )


def of_being_let_in(member: Membership) -> None:
    _tell(member, "let-in", _("You are in: “%(club)s” has let you in."), member.club.get_absolute_url())


def of_free_place(member: Membership) -> None:
    said = _("A place came free in “%(club)s”, and it is yours. Should it not suit you any more, leave it to the next.")
    _tell(member, "free-place", said, member.club.get_absolute_url())


def of_organising(member: Membership) -> None:
    said = _("You organise “%(club)s” from now on. Should that not suit you, you can step down on its members’ page.")
    _tell(member, "organising", said, member.club.get_absolute_url(), at=timezone.now())


def of_handover(member: Membership, *, at: datetime) -> None:
    said = _("“%(club)s” has nobody who looks after it. Would you? It is a day, a book and a friendly word.")
    url = reverse("clubs:take_over", kwargs={"slug": member.club.slug})
    _tell(member, "handover", said, url, at=at)


def of_the_end(*, user: User, club: Club, number: int, for_good: bool) -> None:
    """To whoever was removed: the last that they hear of it, and nothing of what is in it."""
    said = _("Your time in “%(club)s” has ended; its organisers decided so. Other tables are glad of you.")
    if for_good:
        said = _("Your time in “%(club)s” has ended for good; its organisers decided so. Other tables are glad of you.")
    notify(kind=ENDED, user=user, event=f"ended:{number}", text=said % {"club": club.name}, url=reverse("clubs:clubs"))


def _tell(member: Membership, what: str, said: str, url: str, at: datetime | None = None) -> None:
    """Once for each time that it happens; what happens to a membership only once is named by its beginning."""
    event = f"{what}:{member.pk}:{at or member.joined_at:%Y%m%d%H%M}"
    notify(kind=PLACE, user=member.ally.user, event=event, text=said % {"club": member.club.name}, url=url)


def _members(club: Club) -> str:
    return reverse("clubs:members", kwargs={"slug": club.slug})


def still_their_place(user: User | None, event: str) -> bool:
    """Still a member; asked to take over only as long as nobody has."""
    what, number, _when = event.split(":")
    member = Membership.objects.select_related("club").filter(pk=number, ally__user=user).first()
    if member is None or member.club.is_archived:
        return False
    return what != "handover" or member.club.handover_since is not None


def still_asked(user: User | None, event: str) -> bool:
    """The request waits, and whoever is told of it still organises that club."""
    _what, request, organiser = event.split(":")
    asked = JoinRequest.objects.filter(pk=request).values("club")
    return Membership.objects.organisers().filter(pk=organiser, ally__user=user, club__in=asked).exists()


def register_kinds() -> None:
    wanted: dict[str, tuple[object, Callable[[User | None, str], bool]]] = {
        PLACE: (
            gettext_lazy("My place in a reading group: let in, a free place, asked to organise"),
            still_their_place,
        ),
        DESK: (gettext_lazy("Somebody asks to join a reading group that I organise"), still_asked),
        ENDED: (gettext_lazy("My place in a reading group has ended"), kinds.always),
    }
    for name, (label, still) in wanted.items():
        kinds.register(Kind(name=name, label=label, still_wanted=still, digest="notifications"))  # type: ignore[arg-type]
