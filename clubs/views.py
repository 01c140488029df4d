"""The list of reading groups, and the page of one: what all features show together."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clubs import page
from clubs.groups.models import Club
from clubs.groups.queries import may_meet
from clubs.permissions import MemberRequest, member_required, membership_of
from clubs.reading.queries import with_book
from clubs.services import leave_club
from movement.permissions import ally_of


@require_safe
def clubs(request: HttpRequest) -> HttpResponse:
    """Every club that this person may know of."""
    found = with_book(Club.objects.visible_to(request.user).with_fullness())
    mine, others = may_meet(found, ally_of(request.user))
    return render(request, "clubs/groups/clubs.html", {"mine": mine, "others": others})


@require_safe
def club(request: HttpRequest, slug: str) -> HttpResponse:
    """Its members' table, or for the others what is on it."""
    found = get_object_or_404(Club.objects.visible_to(request.user).with_fullness(), slug=slug)
    membership = membership_of(request.user, found)
    if membership:
        return render(request, "clubs/groups/club.html", page.for_member(membership, membership.ally.user))
    return render(request, "clubs/groups/public.html", page.for_everybody(found, ally_of(request.user)))


@require_POST
@member_required
def leave(request: MemberRequest) -> HttpResponse:
    leave_club(membership=request.membership)
    messages.success(request, _("You have left the group. Its door stays where it was."))
    return redirect("clubs:clubs")
