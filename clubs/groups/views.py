"""Founding and joining a reading group, and its members."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clubs.groups import services
from clubs.groups.forms import AskForm, ClubForm
from clubs.groups.invitations import accept_invitation, invited_by, make_token, renew_links
from clubs.groups.models import Club, JoinRequest
from clubs.groups.queries import fellows
from clubs.permissions import MemberRequest, can_ask_to_join, can_organise, member_required, organiser_required
from movement.permissions import AllyRequest, ally_required
from postbox.links import absolute


@require_http_methods(["GET", "HEAD", "POST"])
@ally_required
def new(request: AllyRequest) -> HttpResponse:
    form = ClubForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        club = services.found_club(organiser=request.ally, **form.cleaned_data)
        messages.success(request, _("There it is. Choose a book next, then a day."))
        return redirect(club)
    return render(request, "clubs/groups/new.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@ally_required
def join(request: AllyRequest, slug: str) -> HttpResponse:
    """Join an open club at once, or ask to join one that lets people in itself."""
    club = get_object_or_404(Club.objects.visible_to(request.user), slug=slug)
    try:
        if can_ask_to_join(club):
            return _ask(request, club)
        services.join(club=club, ally=request.ally)
    except services.NotOpenToAll:
        raise Http404
    except services.ClubIsFull:
        messages.warning(request, _("This group is full. It would be glad of a second table: you could found one."))
    else:
        messages.success(request, _("Welcome to the table."))
    return redirect(club)


def _ask(request: AllyRequest, club: Club) -> HttpResponse:
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Please say it in 280 characters."))
        return redirect(club)
    services.ask_to_join(club=club, ally=request.ally, words=form.cleaned_data["words"])
    messages.success(request, _("You have asked. An organiser will answer."))
    return redirect(club)


@require_http_methods(["GET", "HEAD", "POST"])
@ally_required
def invited(request: AllyRequest, slug: str, token: str) -> HttpResponse:
    """Where an organiser's link leads: it shows the group, and a button joins."""
    organiser = invited_by(slug=slug, token=token)
    if organiser is None:
        raise Http404
    if request.method != "POST":
        return render(request, "clubs/groups/invited.html", {"club": organiser.club, "token": token})
    try:
        accept_invitation(organiser=organiser, ally=request.ally)
    except services.ClubIsFull:
        messages.warning(request, _("This group is full by now."))
        return redirect("clubs:clubs")
    messages.success(request, _("Welcome to the table."))
    return redirect(organiser.club)


@require_safe
@member_required
def members(request: MemberRequest) -> HttpResponse:
    """Who shows themselves; organisers also see who asks to be let in."""
    organises = can_organise(request.membership)
    asking = request.club.join_requests.select_related("ally__unit__parent").order_by("pk") if organises else []
    context = {
        "club": request.club,
        "me": request.ally,
        "membership": request.membership,
        "fellows": fellows(request.club),
        "organises": organises,
        "asking": asking,
        "link": _link(request) if organises else "",
    }
    return render(request, "clubs/groups/members.html", context)


def _link(request: MemberRequest) -> str:
    token = make_token(organiser=request.membership)
    return absolute(reverse("clubs:invited", kwargs={"slug": request.club.slug, "token": token}))


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
    asked = get_object_or_404(JoinRequest.objects.select_related("club", "ally"), pk=id, club=request.club)
    if request.POST.get("answer") != "yes":
        services.decline(request=asked)
        messages.success(request, _("The request is put away. They are not told why."))
        return redirect("clubs:members", slug=request.club.slug)
    try:
        services.accept(request=asked)
    except services.ClubIsFull:
        messages.warning(request, _("The group is full. The request waits here."))
    else:
        messages.success(request, _("They are in."))
    return redirect("clubs:members", slug=request.club.slug)
