"""Persona cards: mine and the shared ones, the four-line form, the card itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from movement.actions.views import posted
from movement.permissions import AllyRequest, ally_required
from movement.personas.forms import PersonaForm
from movement.personas.lists import own_cards, shown_cards
from movement.personas.models import PersonaCard
from movement.personas.services import change_card, delete_card, write_card

FORM_METHODS = ["GET", "HEAD", "POST"]


@ally_required
@require_safe
def personas(request: AllyRequest) -> HttpResponse:
    asked = request.GET
    context = {
        "mine": own_cards(viewer=request.user, after=asked.get("mine_after", "")),
        "shown": shown_cards(viewer=request.user, after=asked.get("after", "")),
        "me": request.ally,
    }
    return render(request, "movement/personas/personas.html", context)


@ally_required
@require_http_methods(FORM_METHODS)
def new_persona(request: AllyRequest) -> HttpResponse:
    form = PersonaForm(posted(request))
    if request.method == "POST" and form.is_valid():
        card = write_card(owner=request.ally, **form.cleaned_data)
        messages.success(request, _("The card is written. Show it to %(name)s when you can.") % {"name": card.name})
        return redirect(card)
    context = {"form": form, "me": request.ally}
    return render(request, "movement/personas/new_persona.html", context, status=422 if form.errors else 200)


@ally_required
@require_safe
def persona(request: AllyRequest, id: int) -> HttpResponse:
    seen = PersonaCard.objects.visible_to(request.user).select_related("owner", "unit")
    return render(
        request, "movement/personas/persona.html", {"card": get_object_or_404(seen, pk=id), "me": request.ally}
    )


@ally_required
@require_http_methods(FORM_METHODS)
def edit_persona(request: AllyRequest, id: int) -> HttpResponse:
    card = get_object_or_404(PersonaCard, pk=id, owner=request.ally)
    form = PersonaForm(posted(request), instance=card)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("Saved."))
        return redirect(change_card(card=card, **form.cleaned_data))
    context = {"form": form, "me": request.ally, "id": id}
    return render(request, "movement/personas/edit_persona.html", context, status=422 if form.errors else 200)


@ally_required
@require_http_methods(FORM_METHODS)
def delete_persona(request: AllyRequest, id: int) -> HttpResponse:
    card = get_object_or_404(PersonaCard, pk=id, owner=request.ally)
    if request.method == "POST":
        delete_card(card=card)
        messages.success(request, _("The card is gone."))
        return redirect("movement:personas")
    return render(request, "movement/personas/delete_persona.html", {"card": card})
