"""My own definition, and those that allies show one another."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from movement.definitions import judging
from movement.definitions.forms import ALLIES, GIVEN, ME, DefinitionForm
from movement.definitions.models import Definition
from movement.definitions.queries import others_words
from movement.definitions.services import NobodyToShow, TakenDown, WordsTell, define, forget_definition
from movement.permissions import AllyRequest, ally_required


@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def definition(request: AllyRequest) -> HttpResponse:
    """Write it, change it, show it or not. `?start=given` begins with the primer's words."""
    me, mine = request.ally, Definition.objects.filter(ally=request.ally).first()
    if mine:
        mine.ally = me
    begun = begun_with(mine, given="start" in request.GET)
    form = DefinitionForm(request.POST if request.method == "POST" else None, initial=begun, ally=me)
    if request.method == "POST" and form.is_valid() and kept(request, form):
        return redirect("movement:definition")
    context = {"form": form, "mine": mine, "me": me, "given": GIVEN}
    return render(request, "movement/definitions/definition.html", context, status=422 if form.errors else 200)


def begun_with(mine: Definition | None, *, given: bool) -> dict[str, Any]:
    """What stands in the form before anything is typed."""
    if mine is None:
        return {"text": GIVEN if given else "", "audience": ME}
    return {"text": mine.text, "audience": ALLIES if mine.is_shown else ME}


def kept(request: AllyRequest, form: DefinitionForm) -> bool:
    try:
        now = define(ally=request.ally, text=form.cleaned_data["text"], show=form.shows)
    except WordsTell:
        form.add_error("text", _("Allies have read these words under another name of yours. Say it in other words."))
    except TakenDown:
        form.add_error("text", _("An editor took these words down. Say it in other words, or keep them for yourself."))
    except NobodyToShow:
        form.add_error(None, _("You are quiet now, and appear under no name. Your words can be kept for you alone."))
    else:
        said = _("Kept, and shown to allies.") if now.is_shown else _("Kept. Only you see it.")
        messages.success(request, said)
        return True
    return False


@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete_definition(request: AllyRequest) -> HttpResponse:
    mine = get_object_or_404(Definition, ally=request.ally)
    if request.method == "POST":
        forget_definition(ally=request.ally)
        messages.success(request, _("Your definition is gone."))
        return redirect("movement:definition")
    return render(request, "movement/definitions/delete_definition.html", {"mine": mine})


@ally_required
@require_safe
def definitions(request: AllyRequest) -> HttpResponse:
    """How the others say it."""
    mine = Definition.objects.filter(ally=request.ally).first()
    if mine:
        mine.ally = request.ally
    page = others_words(viewer=request.user, after=request.GET.get("after", ""))
    context = {"page": page, "mine": mine, "me": request.ally, "given": GIVEN}
    return render(request, "movement/definitions/definitions.html", context)


@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def flag_definition(request: AllyRequest, id: int) -> HttpResponse:
    """Ask an editor to look at what another ally shows."""
    others = Definition.objects.visible_to(request.user).exclude(ally=request.ally).select_related("ally")
    found = get_object_or_404(others, ally__public_id=id)
    if request.method == "POST":
        judging.flag(definition=found, by=request.ally)
        messages.success(request, _("Thank you. An editor will look at it; nobody learns who asked."))
        return redirect("movement:definitions")
    return render(request, "movement/definitions/flag_definition.html", {"one": found})
