"""Who may do what in a reading group. Predicates only: they ask, they never change anything."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.models import User
from clubs.groups.models import Access, Club, Membership
from movement.allies.models import LONGEST_SIGNATURE, Visibility
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
    """Add books and meetings, let people in, say what the club is; of one that was put away nothing of it."""
    return membership is not None and membership.is_organiser and not membership.club.is_archived


def can_revive(membership: Membership) -> bool:
    return membership.is_organiser and membership.club.is_archived


def can_write_notes(membership: Membership) -> bool:
    """Only under a name that one shows there: a note without one would tell that an unseen member exists."""
    return membership.shown_name is not None and not membership.club.is_archived


def name_in(club: Club, user: User | AnonymousUser) -> str | None:
    """What this person is called in the talk of this club: the name that its members know, or None for who has none."""
    membership = membership_of(user, club)
    name = membership.shown_name if membership else None
    return name[:LONGEST_SIGNATURE] if name else None


def may_talk_in(club: Club, user: User | AnonymousUser) -> bool:
    """Write comments under what is this club's: only under a name that its members know, as with notes."""
    return not club.is_archived and name_in(club, user) is not None


def why_silent_in(club: Club, user: User | AnonymousUser) -> str:
    """Why a member may not, and what helps; empty for everybody else."""
    membership = membership_of(user, club)
    if membership is None or can_write_notes(membership):
        return ""
    if club.is_archived:
        return _("This group was put away. It is there to be read, and nothing changes in it.")
    words = _(
        "You are unseen here, and words without a name would tell that you are there. "
        '<a href="{url}">Take an alias for this group</a> to join in: it is known nowhere else.'
    )
    return format_html(words, url=reverse("clubs:alias", kwargs={"slug": club.slug}))


def can_note_to_host(membership: Membership) -> bool:
    """As with notes: a word that nobody seen has said would tell of somebody unseen."""
    return can_write_notes(membership)


def can_keep_notes(membership: Membership, meeting: Any) -> bool:
    """Write down what a meeting came to, and who was there: the organisers, and whoever hosts it."""
    return can_organise(membership) or (meeting.host_id == membership.pk and not membership.club.is_archived)


def can_take_alias(membership: Membership) -> bool:
    """Whoever is quiet everywhere may have a name for this club alone."""
    return membership.ally.visibility == Visibility.QUIET and not membership.club.is_archived


def member_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For members of the club in the address; everybody else gets the answer for a club that does not exist.

    In a club that was put away nothing changes: a POST is answered by saying so (see `also_in_the_archive`).
    """

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
        if membership.club.is_archived and request.method == "POST" and not getattr(view, "in_archive", False):
            messages.warning(request, _("This group was put away. It is there to be read, and nothing changes in it."))
            return redirect(membership.club)
        request.membership, request.club = membership, membership.club  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return ally_required(guarded)


def also_in_the_archive(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Below `member_required`: what a member may do in a club that was put away, such as leaving it."""
    view.in_archive = True  # type: ignore[attr-defined]
    return view


def organiser_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_organise(request.membership):
            raise Http404
        return view(request, *args, **kwargs)

    return member_required(guarded)
