"""Founding, joining and leaving a reading group."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from clubs.groups.models import Access, Club, JoinRequest, Membership
from movement.allies.models import Ally

#: Words that stand in an address of ours where a club's could.
RESERVED = frozenset({"new"})


class ClubIsFull(Exception):
    """The club has as many members as it wants."""


class NotOpenToAll(Exception):
    """The club lets people in itself, or is not to be known of at all."""


@transaction.atomic
def found_club(*, organiser: Ally, name: str, purpose: str, access: str = Access.OPEN, cap: int | None = None) -> Club:
    """A new club with its first organiser."""
    club = _with_free_address(name=name, purpose=purpose, access=access, cap=cap)
    Membership.objects.create(club=club, ally=organiser, is_organiser=True)
    return club


def _with_free_address(*, name: str, **fields: object) -> Club:
    """`the-table`, or `the-table-2` where that is taken, even by a club founded in this very moment."""
    stem = slugify(name)[:70] or "group"
    for number in range(1, 1000):
        slug = stem if number == 1 else f"{stem}-{number}"
        if slug in RESERVED or Club.objects.filter(slug=slug).exists():
            continue
        try:
            with transaction.atomic():
                return Club.objects.create(name=name, slug=slug, **fields)  # type: ignore[misc]
        except IntegrityError:
            continue
    raise IntegrityError(f"A thousand clubs are called {stem}.")


@transaction.atomic
def join(*, club: Club, ally: Ally) -> Membership:
    """Become a member of an open club; joining twice joins once. Raises ClubIsFull, NotOpenToAll."""
    if club.access != Access.OPEN:
        raise NotOpenToAll
    return admit(club, ally)


@transaction.atomic
def ask_to_join(*, club: Club, ally: Ally, words: str = "") -> JoinRequest | Membership:
    """Ask the organisers; asking again keeps the first request. Raises NotOpenToAll, ClubIsFull."""
    if club.access != Access.REQUEST:
        raise NotOpenToAll
    member = club.memberships.filter(ally=ally).first()
    if member:
        return member
    if not club.memberships.exists():
        return admit(club, ally)
    request, _new = JoinRequest.objects.get_or_create(club=club, ally=ally, defaults={"words": words})
    return request


@transaction.atomic
def accept(*, request: JoinRequest) -> Membership:
    """Let them in. Raises ClubIsFull; the request stays then."""
    membership = admit(request.club, request.ally)
    JoinRequest.objects.filter(pk=request.pk).delete()
    return membership


def decline(*, request: JoinRequest) -> None:
    """The request goes; nobody is told why."""
    JoinRequest.objects.filter(pk=request.pk).delete()


def admit(club: Club, ally: Ally) -> Membership:
    """Make them a member, inside the caller's transaction. Raises ClubIsFull.

    The club's row is locked while its members are counted: the last place is given once.
    """
    locked = Club.objects.select_for_update().get(pk=club.pk)
    member = locked.memberships.filter(ally=ally).first()
    if member:
        return member
    taken = locked.memberships.count()
    if locked.cap is not None and taken >= locked.cap:
        raise ClubIsFull
    return Membership.objects.create(club=locked, ally=ally, is_organiser=taken == 0)


@transaction.atomic
def leave(*, membership: Membership) -> None:
    """What they marked and wrote there goes with them. The longest-standing member takes over from a last organiser;
    a private club that nobody is left in goes as well, since nobody could find it again.
    """
    club = Club.objects.select_for_update().get(pk=membership.club_id)
    membership.delete()
    rest = club.memberships.longest_first()
    if not rest.exists() and club.is_private:
        club.delete()
    elif not rest.organisers().exists():
        club.memberships.filter(pk__in=rest.values_list("pk", flat=True)[:1]).update(is_organiser=True)
