"""Ways in besides the open door: an organiser's link, and the waiting list."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clubs.groups import services
from clubs.groups.invitations import accept_invitation, invited_by
from clubs.groups.keeping_out import is_kept_out
from clubs.groups.models import Club
from clubs.permissions import can_take_alias
from movement.permissions import AllyRequest, ally_required


@require_http_methods(["GET", "HEAD", "POST"])
@ally_required
def invited(request: AllyRequest, slug: str, token: str) -> HttpResponse:
    """Where an organiser's link leads: it shows the group, and a button joins."""
    organiser = invited_by(slug=slug, token=token)
    if organiser is None:
        raise Http404
    if is_kept_out(club=organiser.club, ally=request.ally):
        return _kept_out(request, organiser.club)
    if request.method != "POST":
        return render(request, "clubs/groups/invited.html", {"club": organiser.club, "token": token})
    try:
        member = accept_invitation(organiser=organiser, ally=request.ally)
    except services.ClubIsFull:
        messages.warning(request, _("This group is full by now. The link is good for two weeks: try it again."))
        return redirect("clubs:clubs")
    except services.MayNotComeBack:  # since a moment ago
        return _kept_out(request, organiser.club)
    messages.success(request, _("Welcome to the table."))
    member.ally, member.club = request.ally, organiser.club
    if can_take_alias(member) and not member.alias:
        return redirect("clubs:alias", slug=slug)
    return redirect(organiser.club)


def _kept_out(request: AllyRequest, club: Club) -> HttpResponse:
    """The page of a club that all may see says so; of another one they know nothing any more."""
    if not Club.objects.visible_to(request.user).filter(pk=club.pk).exists():
        raise Http404
    return redirect(club)


@require_POST
@ally_required
def wait(request: AllyRequest, slug: str) -> HttpResponse:
    """Into the waiting list of an open club that is full, or out of it again (`stop` is sent)."""
    club = get_object_or_404(Club.objects.visible_to(request.user), slug=slug)
    if request.POST.get("stop"):
        services.stop_waiting(club=club, ally=request.ally)
        messages.success(request, _("You do not wait for a place any more."))
        return redirect(club)
    try:
        services.wait(club=club, ally=request.ally)
    except services.NotOpenToAll:
        raise Http404
    except services.MayNotComeBack:
        return redirect(club)
    messages.success(request, _("You are on the list. We write once a place is yours."))
    return redirect(club)
