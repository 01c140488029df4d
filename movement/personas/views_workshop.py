"""A workshop: filling in cards together, on one screen or each on their own."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from movement.actions import origins
from movement.actions.views import posted
from movement.permissions import AllyRequest, ally_required
from movement.personas import gathering
from movement.personas.forms_workshop import TableForm, WorkshopForm
from movement.personas.models import PersonaCard
from movement.personas.paper import sheets
from movement.personas.workshops import Workshop
from postbox.links import absolute

FORM_METHODS = ["GET", "HEAD", "POST"]
MOST = 200


@ally_required
@require_http_methods(FORM_METHODS)
def new_workshop(request: AllyRequest) -> HttpResponse:
    """`?meeting=12` and the like say where it belongs, if I may see that."""
    asked = origins.asked_for(request.GET)
    origin = asked if origins.find(request.user, asked) else ""
    form = WorkshopForm(posted(request), initial={"title": request.GET.get("title", "")[:80]})
    if request.method == "POST" and form.is_valid():
        opened = gathering.open_workshop(host=request.ally, title=form.cleaned_data["title"], origin=origin)
        return redirect(opened)
    status = 422 if form.errors else 200
    return render(request, "movement/personas/new_workshop.html", {"form": form, "me": request.ally}, status=status)


@ally_required
@require_http_methods(FORM_METHODS)
def workshop(request: AllyRequest, code: str) -> HttpResponse:
    """The table; a POST puts a card on it. Whoever has only the link is asked in first."""
    room = _enterable(request, code)
    if not _is_in(request, room):
        return render(request, "movement/personas/join_workshop.html", {"workshop": room, "me": request.ally})
    form = TableForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            card = gathering.put_on_table(workshop=room, ally=request.ally, **form.lines())
        except gathering.Closed:
            form.add_error(None, _("The workshop has ended: nothing can be added. What you typed is still here."))
        else:
            messages.success(request, _("On the table: %(name)s. Who is next?") % {"name": card.name})
            return redirect(room)
    context = _table(request, room) | {"form": form, "link": absolute(room.get_absolute_url())}
    return render(request, "movement/personas/workshop.html", context, status=422 if form.errors else 200)


@ally_required
@require_safe
def workshop_table(request: AllyRequest, code: str) -> HttpResponse:
    """What lies on the table by now, put into the page while it is open."""
    room = get_object_or_404(Workshop.objects.visible_to(request.user), code=code)
    return render(request, "movement/personas/workshop_table.html", _table(request, room))


@ally_required
@require_POST
def join_workshop(request: AllyRequest, code: str) -> HttpResponse:
    room = _enterable(request, code)
    try:
        gathering.come_in(workshop=room, ally=request.ally)
    except gathering.Closed:
        messages.warning(request, _("This workshop has ended."))
        return redirect("movement:personas")
    return redirect(room)


@ally_required
@require_POST
def take_workshop_card(request: AllyRequest, code: str, id: int) -> HttpResponse:
    """A card that I said while the host typed is mine from now on."""
    room = get_object_or_404(Workshop.objects.visible_to(request.user).select_related("host"), code=code)
    card = get_object_or_404(PersonaCard.objects.visible_to(request.user), pk=id, workshop=room)
    try:
        gathering.take_home(workshop=room, card=card, ally=request.ally)
        messages.success(request, _("It is among your own cards now."))
    except gathering.TakenAlready:
        messages.warning(request, _("Somebody has taken this card already."))
    return redirect(room)


@ally_required
@require_POST
def close_workshop(request: AllyRequest, code: str) -> HttpResponse:
    room = get_object_or_404(Workshop, code=code, host=request.ally)
    gathering.close_workshop(workshop=room)
    messages.success(request, _("The workshop has ended. The sheet stays here for everybody who was in it."))
    return redirect(room)


@ally_required
@require_safe
def print_workshop(request: AllyRequest, code: str) -> HttpResponse:
    """The sheet with all cards, four to a page."""
    room = get_object_or_404(Workshop.objects.visible_to(request.user), code=code)
    cards = _cards(request, room)
    context = {"sheets": sheets(cards), "title": room.title, "back": room.get_absolute_url(), "count": len(cards)}
    return render(request, "movement/personas/print_cards.html", context)


def _enterable(request: AllyRequest, code: str) -> Workshop:
    return get_object_or_404(Workshop.objects.enterable(request.user).select_related("host"), code=code)


def _is_in(request: AllyRequest, room: Workshop) -> bool:
    return Workshop.objects.visible_to(request.user).filter(pk=room.pk).exists()


def _table(request: AllyRequest, room: Workshop) -> dict[str, Any]:
    place = origins.find(request.user, room.origin)
    return {"workshop": room, "cards": _cards(request, room), "me": request.ally, "place": place and place[1]}


def _cards(request: AllyRequest, room: Workshop) -> list[PersonaCard]:
    """As they came."""
    on_table = PersonaCard.objects.visible_to(request.user).filter(workshop=room)
    return list(on_table.at_hand().order_by("created_at", "pk")[:MOST])
