"""Who organises a club, and who takes over when nobody does any more.

A club looks for an organiser (`Club.handover_since`) once the last one has left, or all of them have not been seen for
60 days. Its members are then asked one after the other, whoever has been there longest first; any of them may take it
by a button, and one conditional update lets one have it. Those who were away stay organisers: they may come back.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from clubs.groups import telling
from clubs.groups.members import Membership, MembershipQuerySet
from clubs.groups.models import Club

AWAY = timedelta(days=60)
#: So long somebody has to answer before the next is asked.
TO_ANSWER = timedelta(days=3)


class TakenAlready(Exception):
    """Somebody else was first, or the club has an organiser after all."""


class LastOrganiser(Exception):
    """Somebody has to: another member is to be named first."""


def promote(*, membership: Membership) -> None:
    """They organise from now on, beside those who do; they are told."""
    if Membership.objects.filter(pk=membership.pk, is_organiser=False).update(is_organiser=True):
        telling.of_organising(membership)
    _found(membership.club_id)


@transaction.atomic
def step_down(*, membership: Membership) -> None:
    """A plain member from now on. Raises LastOrganiser."""
    club = Club.objects.select_for_update().get(pk=membership.club_id)
    if not club.memberships.organisers().exclude(pk=membership.pk).exists():
        raise LastOrganiser
    Membership.objects.filter(pk=membership.pk).update(is_organiser=False)


@transaction.atomic
def seek_organiser(*, club: Club, now: datetime | None = None) -> None:
    """The club looks for somebody, and the first member is asked. Once, until somebody is found."""
    moment = now or timezone.now()
    if Club.objects.filter(pk=club.pk, handover_since=None).update(handover_since=moment):
        club.memberships.update(asked_at=None)
        ask_next(club=club, now=moment)


def ask_next(*, club: Club, now: datetime) -> None:
    """Whoever has been there longest of those who were not asked yet; when all were, nobody is asked twice."""
    waiting = _seen(club.memberships.filter(asked_at=None, is_organiser=False), now)
    member = waiting.select_related("ally__user", "club").order_by("joined_at", "pk").first()
    if member and Membership.objects.filter(pk=member.pk, asked_at=None).update(asked_at=now):
        telling.of_handover(member, at=now)


@transaction.atomic
def take_over(*, membership: Membership) -> None:
    """Raises TakenAlready."""
    if not Club.objects.filter(pk=membership.club_id, handover_since__isnull=False).update(handover_since=None):
        raise TakenAlready
    Membership.objects.filter(pk=membership.pk).update(is_organiser=True)
    _found(membership.club_id)


def look_after(now: datetime | None = None) -> int:
    """Daily: clubs whose organisers are all away look for somebody, the next member is asked, and where an organiser
    came back nobody is asked any more. Returns how many clubs look for somebody.
    """
    moment = now or timezone.now()
    around = _seen(Membership.objects.organisers().filter(club=OuterRef("pk")), moment)
    alive = Club.objects.alive().filter(Exists(Membership.objects.filter(club=OuterRef("pk"))))
    for club in alive.filter(~Exists(around), handover_since=None):
        seek_organiser(club=club, now=moment)
    for club in alive.filter(Exists(around), handover_since__isnull=False):
        _found(club.pk)
    looking = alive.filter(handover_since__isnull=False).annotate(asked=Max("memberships__asked_at"))
    for club in looking.filter(Q(asked=None) | Q(asked__lte=moment - TO_ANSWER)):
        ask_next(club=club, now=moment)
    return looking.count()


def _seen(memberships: MembershipQuerySet, now: datetime) -> MembershipQuerySet:
    """Of members who still have a login, and have signed in lately (a session lasts two weeks). Whoever never signed
    in was put there by others, and is not judged by it.
    """
    return memberships.filter(ally__user__is_active=True).exclude(ally__user__last_login__lt=now - AWAY)


def _found(club_id: int) -> None:
    Club.objects.filter(pk=club_id).update(handover_since=None)
    Membership.objects.filter(club=club_id, asked_at__isnull=False).update(asked_at=None)
