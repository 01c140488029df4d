"""Founding, changing, joining and leaving a reading group."""

import string
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from clubs.groups import telling
from clubs.groups.handing_over import promote, seek_organiser
from clubs.groups.keeping_out import KeptOut, is_kept_out
from clubs.groups.models import Access, Club, JoinRequest, Membership, Waiting
from content.models import Topic
from content.pagecache import forget
from movement.allies.models import Ally
from movement.editing import take_edition

#: Words that stand in an address of ours where a club's could.
RESERVED = frozenset({"new"})


class ClubIsFull(Exception):
    """The club has as many members as it wants."""


class NotOpenToAll(Exception):
    """The club lets people in itself, or is not to be known of at all."""


class MayNotComeBack(Exception):
    """Its organisers removed them for good."""


@transaction.atomic
def found_club(
    *, organiser: Ally, name: str, purpose: str, access: str = Access.OPEN, topics: Iterable[Topic] = (), **about: Any
) -> Club:
    """A new club with its first organiser."""
    club = _with_free_address(name=name, purpose=purpose, access=access, **about)
    club.topics.set(topics)
    admit(club, organiser)
    club.refresh_from_db(fields=["seats_taken"])
    return club


def _with_free_address(*, name: str, **fields: object) -> Club:
    """`the-table`, or `the-table-2` where that is taken, even by a club founded in this very moment.

    A hidden club's ends in a part that nobody guesses: else whoever founded one of its name would learn of it.
    """
    stem = slugify(name)[:70] or "group"
    if fields.get("access") == Access.PRIVATE:
        stem = f"{stem[:60]}-{get_random_string(8, string.ascii_lowercase + string.digits)}"
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
def change_club(*, club: Club, edition: int, topics: Iterable[Topic] = (), **about: Any) -> None:
    """What its form says from now on. A smaller cap sends nobody away and lets nobody in. Raises ChangedMeanwhile."""
    take_edition(club, edition)
    Club.objects.filter(pk=club.pk).update(**about)
    club.topics.set(topics)
    club.refresh_from_db()
    if club.access != Access.OPEN:
        _end_waiting(club)
    fill_places(club=club)
    forget()


def _end_waiting(club: Club) -> None:
    """Nobody waits for a door that is closed: where one asks to be let in, those who waited have asked."""
    waiting = list(club.waiting.all())
    if club.access == Access.REQUEST:
        asked = [JoinRequest(club=club, ally_id=one.ally_id, asked_at=one.since) for one in waiting]
        JoinRequest.objects.bulk_create(asked, ignore_conflicts=True)
    club.waiting.all().delete()


@transaction.atomic
def put_away(*, club: Club) -> None:
    """It is off the list and only read from now on; its members keep what they have."""
    Club.objects.filter(pk=club.pk, archived_at=None).update(archived_at=timezone.now(), handover_since=None)
    Waiting.objects.filter(club=club).delete()
    JoinRequest.objects.filter(club=club).delete()
    forget()


@transaction.atomic
def revive(*, club: Club) -> None:
    Club.objects.filter(pk=club.pk).update(archived_at=None)
    forget()


@transaction.atomic
def join(*, club: Club, ally: Ally) -> Membership:
    """Become a member of an open club; joining twice joins once. Raises ClubIsFull, NotOpenToAll, MayNotComeBack."""
    if club.access != Access.OPEN or club.is_archived:
        raise NotOpenToAll
    return admit(club, ally)


@transaction.atomic
def ask_to_join(
    *, club: Club, ally: Ally, words: str = "", answers: Iterable[tuple[str, str]] = ()
) -> JoinRequest | Membership:
    """Ask the organisers; asking again keeps the first request. Raises NotOpenToAll, ClubIsFull, MayNotComeBack."""
    if club.access != Access.REQUEST or club.is_archived:
        raise NotOpenToAll
    if is_kept_out(club=club, ally=ally):
        raise MayNotComeBack
    member = club.memberships.filter(ally=ally).first()
    if member:
        return member
    if not club.memberships.exists():
        return admit(club, ally)
    about = {"words": words, "answers": [list(pair) for pair in answers]}
    request, is_new = JoinRequest.objects.get_or_create(club=club, ally=ally, defaults=about)
    if is_new:
        telling.of_request(request)
    return request


@transaction.atomic
def accept(*, request: JoinRequest) -> Membership:
    """Let them in. Raises ClubIsFull, MayNotComeBack; the request stays then."""
    membership = admit(request.club, request.ally)
    JoinRequest.objects.filter(pk=request.pk).delete()
    telling.of_being_let_in(membership)
    return membership


def decline(*, request: JoinRequest) -> None:
    """The request goes; nobody is told why."""
    JoinRequest.objects.filter(pk=request.pk).delete()


def admit(club: Club, ally: Ally) -> Membership:
    """Make them a member, inside the caller's transaction. Raises ClubIsFull, MayNotComeBack, and the caller's
    transaction is undone.

    The seat is taken by one conditional update: the last one is given once. Whoever finds nobody there organises.
    """
    member, is_new = Membership.objects.get_or_create(club=club, ally=ally)
    if not is_new:
        return member
    # Only now: whoever is removed in this very moment had a membership, and ours waited for it to go.
    if is_kept_out(club=club, ally=ally):
        raise MayNotComeBack
    if not Club.objects.filter(pk=club.pk).with_room().update(seats_taken=F("seats_taken") + 1):
        raise ClubIsFull
    Waiting.objects.filter(club=club, ally=ally).delete()
    if not Membership.objects.filter(club=club).exclude(pk=member.pk).exists():
        Membership.objects.filter(pk=member.pk).update(is_organiser=True)
        member.is_organiser = True
    return member


@transaction.atomic
def wait(*, club: Club, ally: Ally) -> None:
    """A place in the waiting list of an open club, once. Raises NotOpenToAll, MayNotComeBack."""
    if club.access != Access.OPEN or club.is_archived:
        raise NotOpenToAll
    if is_kept_out(club=club, ally=ally):
        raise MayNotComeBack
    if not club.memberships.filter(ally=ally).exists():
        Waiting.objects.get_or_create(club=club, ally=ally)
    fill_places(club=club)


def stop_waiting(*, club: Club, ally: Ally) -> None:
    Waiting.objects.filter(club=club, ally=ally).delete()


@transaction.atomic
def fill_places(*, club: Club) -> None:
    """Whoever waits longest sits down as long as there are free places, and is told once."""
    kept_out = KeptOut.objects.filter(club=club).order_by().values("ally")
    for one in club.waiting.filter(ally__user__is_active=True).exclude(ally__in=kept_out).select_related("ally"):
        try:
            with transaction.atomic():
                member = admit(club, one.ally)
        except ClubIsFull:
            return
        telling.of_free_place(member)


def put_right() -> int:
    """Daily: where somebody's login went without their leaving first, their place is free again. Returns how many clubs
    were counted anew.
    """
    members = Membership.objects.filter(club=OuterRef("pk")).order_by().values("club").annotate(n=Count("pk"))
    wrong = Club.objects.exclude(seats_taken=Coalesce(Subquery(members.values("n")), 0))
    numbers = list(wrong.values_list("pk", flat=True))
    for number in numbers:
        with transaction.atomic():
            club = Club.objects.select_for_update().get(pk=number)
            Club.objects.filter(pk=number).update(seats_taken=club.memberships.count())
            fill_places(club=club)
    return len(numbers)


@transaction.atomic
def leave(*, membership: Membership, successor: Membership | None = None) -> None:
    """What they marked and wrote there goes with them, and their place is free. After the last organiser `successor`
    organises; where nobody was named, the members are asked one by one. A club that nobody is left in and nobody could
    find goes as well.
    """
    club = Club.objects.select_for_update().get(pk=membership.club_id)
    if not Membership.objects.filter(pk=membership.pk).delete()[0]:
        return
    Club.objects.filter(pk=club.pk, seats_taken__gt=0).update(seats_taken=F("seats_taken") - 1)
    fill_places(club=club)
    if not club.memberships.exists():
        if club.access in (Access.PRIVATE, Access.INVITATION) or club.is_archived:
            club.delete()
    elif not club.memberships.organisers().exists() and not club.is_archived:
        if successor:
            promote(membership=successor)
        else:
            seek_organiser(club=club)
