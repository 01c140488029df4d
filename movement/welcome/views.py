"""The welcome: how to be seen, where one works, how letters come. Then Today, with one thing to do."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import zones
from accounts.requests import PersonRequest
from movement.allies.forms import taken
from movement.allies.models import Ally, Unit, Visibility
from movement.allies.services import AliasTaken, change_appearance
from movement.invitations.joining import SESSION_KEY, carried_by
from movement.invitations.letters import greeting_of
from movement.permissions import AllyRequest, ally_of, ally_required
from movement.services import NoSeat, become_ally
from movement.welcome.forms import LettersForm, PlaceForm, WelcomeForm
from postbox.services import prefer_throughout

#: In the session from the first step to the last: until then one can go back to it.
UNDER_WAY = "welcome_under_way"
COUNTED: dict[str, Any] = {"name": "", "alias": "", "visibility": Visibility.QUIET}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: PersonRequest) -> HttpResponse:
    """The first step: name and visibility. Skipped, it makes a quiet ally. Whoever is one already goes to Today."""
    me = ally_of(request.user)
    if me and not request.session.get(UNDER_WAY):
        return redirect("movement:today")
    skips = request.method == "POST" and "skip" in request.POST
    form = WelcomeForm(None if skips else request.POST or None, instance=me, user=request.user)
    if skips:
        return _skip(request, me)
    if request.method == "POST" and form.is_valid():
        return _come_in(request, me, form)
    return _first_step(request, form)


def _come_in(request: PersonRequest, me: Ally | None, form: WelcomeForm) -> HttpResponse:
    chosen = dict(form.cleaned_data)
    alone = chosen.pop("alone")
    try:
        if me:
            change_appearance(ally=Ally.objects.select_related("user").get(pk=me.pk), **chosen)
        else:
            become_ally(user=request.user, invitation=carried_by(request), alone=alone, **chosen)
    except AliasTaken:
        form.add_error("alias", taken())
        return _first_step(request, form)
    except NoSeat:
        return _no_seat(request)
    return _on(request)


def _skip(request: PersonRequest, me: Ally | None) -> HttpResponse:
    """Nothing said yet: counted, never shown."""
    if me is None:
        zone = zones.known(request.POST.get("timezone", "")) or request.user.timezone
        try:
            become_ally(user=request.user, invitation=carried_by(request), timezone=zone, **COUNTED)
        except NoSeat:
            return _no_seat(request)
    return _on(request)


def _on(request: PersonRequest) -> HttpResponse:
    request.session.pop(SESSION_KEY, None)
    request.session[UNDER_WAY] = True
    return redirect("movement:welcome_place")


def _first_step(request: PersonRequest, form: WelcomeForm) -> HttpResponse:
    invitation = None if ally_of(request.user) else carried_by(request)
    context = {
        "form": form,
        "invitation": invitation,
        "inviter": greeting_of(invitation) if invitation else "",
    }
    return render(request, "movement/welcome/welcome.html", context, status=422 if form.errors else 200)


def _no_seat(request: PersonRequest) -> HttpResponse:
    return render(request, "movement/welcome/no_seat.html", status=409)


@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def welcome_place(request: AllyRequest) -> HttpResponse:
    """The second step: where one works."""
    me = Ally.objects.select_related("user").get(pk=request.ally.pk)
    form = PlaceForm(request.POST or None, instance=me, user=request.user)
    if request.method == "POST" and form.is_valid():
        change_appearance(ally=me, timezone=request.user.timezone, **form.cleaned_data)
        return redirect("movement:welcome_letters")
    context = {"form": form, "has_units": Unit.objects.exists()}
    return render(request, "movement/welcome/place.html", context, status=422 if form.errors else 200)


@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def welcome_letters(request: AllyRequest) -> HttpResponse:
    """The last step: when letters come, and for whose eyes. Posted empty, it ends the welcome all the same."""
    skips = "skip" in request.POST
    form = LettersForm(None if skips else request.POST or None)
    if request.method == "POST" and (skips or form.is_valid()):
        if not skips:
            prefer_throughout(user=request.user, **form.cleaned_data)
        request.session.pop(UNDER_WAY, None)
        messages.success(request, _("You are in. Below is one thing to begin with, whenever it suits you."))
        return redirect("movement:today")
    return render(request, "movement/welcome/letters.html", {"form": form}, status=422 if form.errors else 200)
