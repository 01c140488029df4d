"""Who is in a club: seen, asked for, let in, given the keys; and one's own name there."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clubs.groups import handing_over, services
from clubs.groups.aliases import take_alias
from clubs.groups.forms import AliasForm, LeaveForm
from clubs.groups.invitations import make_token, renew_links
from clubs.groups.keeping_out import KeptOut, let_back
from clubs.groups.models import JoinRequest
from clubs.groups.queries import fellows
from clubs.permissions import MemberRequest, can_organise, can_take_alias, member_required, organiser_required
from postbox.links import absolute


@require_safe
@member_required
def members(request: MemberRequest) -> HttpResponse:
    """Who shows themselves; organisers also see who asks to be let in."""
    organises = can_organise(request.membership)
    shown = fellows(request.club)
    context = {
        "club": request.club,
        "me": request.ally,
        "membership": request.membership,
        "fellows": shown,
        "organises": organises,
        "may_take_alias": can_take_alias(request.membership),
        **(_for_organiser(request) if organises else {}),
        "leave_form": _naming(request, shown) if organises else None,
    }
    return render(request, "clubs/groups/members.html", context)


def _for_organiser(request: MemberRequest) -> dict[str, Any]:
    asking = request.club.join_requests.select_related("ally__unit__parent").order_by("pk")
    token = make_token(organiser=request.membership)
    address = reverse("clubs:invited", kwargs={"slug": request.club.slug, "token": token})
    others = request.club.memberships.organisers().exclude(pk=request.membership.pk)
    return {
        "asking": asking,
        "link": absolute(address),
        "is_last": not others.exists(),
        "kept_out": request.club.kept_out.all(),  # type: ignore[attr-defined]
    }


def _naming(request: MemberRequest, shown: list[Any]) -> LeaveForm | None:
    """The last organiser is asked to name somebody, where there is somebody to name."""
    others = [member for member in shown if member.pk != request.membership.pk]
    if not others or any(member.is_organiser for member in others):
        return None
    return LeaveForm(fellows=others)


@require_POST
@organiser_required
def new_link(request: MemberRequest) -> HttpResponse:
    renew_links(club=request.club)
    messages.success(request, _("Here is a new link. The earlier ones lead nowhere now."))
    return redirect("clubs:members", slug=request.club.slug)


@require_POST
@organiser_required
def answer_request(request: MemberRequest, id: int) -> HttpResponse:
    """Let somebody in (`answer` is "yes"), or not."""
    asked = get_object_or_404(JoinRequest.objects.select_related("club", "ally__user"), pk=id, club=request.club)
    if request.POST.get("answer") != "yes":
        services.decline(request=asked)
        messages.success(request, _("The request is put away. They are not told why."))
        return redirect("clubs:members", slug=request.club.slug)
    try:
        services.accept(request=asked)
    except services.ClubIsFull:
        messages.warning(request, _("The group is full. The request waits here."))
    except services.MayNotComeBack:
        messages.warning(request, _("They were removed for good. Lift that first, below."))
    else:
        messages.success(request, _("They are in."))
    return redirect("clubs:members", slug=request.club.slug)


@require_POST
@organiser_required
def lift(request: MemberRequest, id: int) -> HttpResponse:
    """Somebody who was removed for good may come back, by whatever door the group has."""
    let_back(kept=get_object_or_404(KeptOut, pk=id, club=request.club))
    messages.success(request, _("The door is open to them again. They are not told; tell them if you like."))
    return redirect("clubs:members", slug=request.club.slug)


@require_POST
@organiser_required
def promote(request: MemberRequest, member: int) -> HttpResponse:
    """Another organiser. Only who shows themselves can be meant."""
    shown = request.club.memberships.shown().select_related("ally__user", "ally__unit__parent", "club")
    handing_over.promote(membership=get_object_or_404(shown, public_id=member))
    messages.success(request, _("You look after the group together now. They were told."))
    return redirect("clubs:members", slug=request.club.slug)


@require_POST
@organiser_required
def step_down(request: MemberRequest) -> HttpResponse:
    try:
        handing_over.step_down(membership=request.membership)
    except handing_over.LastOrganiser:
        messages.warning(request, _("Nobody else organises the group. Make somebody an organiser first."))
    else:
        messages.success(request, _("You are a member like the others now."))
    return redirect("clubs:members", slug=request.club.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def take_over(request: MemberRequest) -> HttpResponse:
    """Where the question leads: would you look after this group? A button takes it, and one has it."""
    if request.method != "POST":
        return render(request, "clubs/groups/take_over.html", {"club": request.club})
    try:
        handing_over.take_over(membership=request.membership)
    except handing_over.TakenAlready:
        messages.success(request, _("Somebody looks after the group already. Thank you for wanting to."))
    else:
        messages.success(request, _("You look after the group from now on. Thank you."))
    return redirect(request.club)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def alias(request: MemberRequest) -> HttpResponse:
    """A quiet ally's name for this club; everybody else goes by the one they have."""
    if not can_take_alias(request.membership):
        raise Http404
    form = AliasForm(request.POST if request.method == "POST" else None, initial={"alias": request.membership.alias})
    if request.method == "POST" and form.is_valid():
        try:
            take_alias(membership=request.membership, alias=form.cleaned_data["alias"])
        except ValidationError as error:
            form.add_error("alias", error)
        else:
            messages.success(request, _("Saved. That is how this group knows you."))
            return redirect(request.club)
    context = {"club": request.club, "form": form, "membership": request.membership}
    return render(request, "clubs/groups/alias.html", context, status=422 if form.errors else 200)
