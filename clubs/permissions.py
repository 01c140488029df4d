"""Who may do what in a reading group. Predicates only: they ask, they never change anything."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse

from accounts.models import User
from clubs.groups.models import Access, Club, Membership
from movement.allies.models import Ally
from movement.permissions import AllyRequest, ally_of, ally_required


class MemberRequest(AllyRequest):
    """What a view behind `member_required` gets besides the ally."""

    club: Club
    membership: Membership


def membership_of(user: User | AnonymousUser, club: Club) -> Membership | None:
    """This person's membership, with their ally at hand."""
    ally = ally_of(user)
    if ally is None:
        return None
    membership = Membership.objects.filter(club=club, ally=ally).first()
    if membership:
        membership.ally, membership.club = ally, club
    return membership


def can_join_at_once(club: Club) -> bool:
    return club.access == Access.OPEN


def can_ask_to_join(club: Club) -> bool:
    return club.access == Access.REQUEST


def can_organise(membership: Membership | None) -> bool:
    """Add books and meetings, let people in."""
    return membership is not None and membership.is_organiser


def can_write_notes(ally: Ally) -> bool:
    """Only under a name that one shows: a note without one would tell that a quiet member exists."""
    return ally.shown_name is not None


def member_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For members of the club in the address; everybody else gets the answer for a club that does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        membership = (
            Membership.objects.select_related("club")
            .filter(club__slug=slug, ally=cast(AllyRequest, request).ally)
            .first()
        )
        if membership is None:
            raise Http404
        membership.ally = cast(AllyRequest, request).ally
        request.membership, request.club = membership, membership.club  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return ally_required(guarded)


def organiser_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_organise(request.membership):
            raise Http404
        return view(request, *args, **kwargs)

    return member_required(guarded)
