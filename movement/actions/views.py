"""Noting a small action, the wall of them, and the ideas."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from movement.actions.entries import entries
from movement.actions.forms import KINDS_IN_A_WORD, ActionForm, LogForm, begun_with
from movement.actions.models import Action, Idea
from movement.actions.origins import asked_for
from movement.actions.services import change_action, delete_action, log_action
from movement.actions.wall import Wish, wall
from movement.actions.whom import offered
from movement.allies.models import Unit
from movement.permissions import AllyRequest, ally_required

#: Where a form may lead back to; everything else leads to Today.
BACK = {"wall": "movement:actions"}
FORM_METHODS = ["GET", "HEAD", "POST"]
SHOWN_BESIDE_AN_IDEA = 5


def by_division(unit: Unit) -> Unit:
    return unit.division


@ally_required
@require_safe
def actions(request: AllyRequest) -> HttpResponse:
    """The wall, with the question on top of it."""
    asked = {name: request.GET.get(name, "") for name in ("kind", "unit", "idea", "after")}
    context = {
        "wall": wall(viewer=request.user, wish=Wish(**asked)),
        "kinds": KINDS_IN_A_WORD[1:],
        "units": [(division, list(units)) for division, units in groupby(Unit.objects.choosable(), by_division)],
        "me": request.ally,
        "form": LogForm(),
        "back": "wall",
    }
    return render(request, "movement/actions/actions.html", context)


@ally_required
@require_http_methods(FORM_METHODS)
def log_action_view(request: AllyRequest) -> HttpResponse:
    """One field is enough; `?idea=` begins it with the words of an idea, `?start=` with those of another part, `?text=`
    with any; `?meeting=` and the other origins keep where it came from.
    """
    asked = request.GET
    slug = asked.get("idea", "")[:80]
    idea = Idea.objects.published().filter(slug=slug).first() if slug else None
    begun = {"origin": asked_for(asked), "text": asked.get("text", ""), "start": asked.get("start", "")}
    form = LogForm(posted(request), initial=begun_with(idea, **begun), ally=request.ally)
    form.fields["text"].widget.attrs["autofocus"] = True
    if request.method == "POST" and form.is_valid():
        action = log_action(ally=request.ally, **form.cleaned_data)
        undo = {"action": action, "count": request.ally.actions.count(), "back": _back(request)}
        messages.success(request, render_to_string("movement/actions/noted.html", undo, request=request))
        return redirect(_where_from(request))
    context = {
        "form": form,
        "idea": idea,
        "place": form.place,
        "me": request.ally,
        "back": _back(request),
        "for_whom": offered(request.ally),
    }
    return render(request, "movement/actions/log_action.html", context, status=422 if form.errors else 200)


@ally_required
@require_http_methods(FORM_METHODS)
def edit_action(request: AllyRequest, id: int) -> HttpResponse:
    action = get_object_or_404(Action, pk=id, ally=request.ally)
    form = ActionForm(posted(request), instance=action, ally=request.ally)
    if request.method == "POST" and form.is_valid():
        change_action(action=action, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("movement:actions")
    context = {"form": form, "me": request.ally, "for_whom": offered(request.ally)}
    return render(request, "movement/actions/edit_action.html", context, status=422 if form.errors else 200)


@ally_required
@require_http_methods(FORM_METHODS)
def delete_action_view(request: AllyRequest, id: int) -> HttpResponse:
    """Asks first, unless the button of the message after noting is pressed."""
    action = get_object_or_404(Action, pk=id, ally=request.ally)
    if request.method == "POST":
        delete_action(action=action)
        messages.success(request, _("Taken back. It is as if it had not been noted."))
        return redirect(_where_from(request))
    return render(request, "movement/actions/delete_action.html", {"action": action})


@ally_required
@require_safe
def idea(request: AllyRequest, slug: str) -> HttpResponse:
    """How it goes, and what allies say about doing it."""
    found = get_object_or_404(Idea.objects.published(), slug=slug)
    seen = Action.objects.visible_to(request.user).filter(idea=found).newest_first()
    told = entries(seen, viewer=request.user, most=SHOWN_BESIDE_AN_IDEA)
    context = {"idea": found, "told": told, "me": request.ally}
    return render(request, "movement/actions/idea.html", context)


def posted(request: AllyRequest) -> QueryDict | None:
    """What was sent, an empty form included: it has errors to show."""
    return request.POST if request.method == "POST" else None


def _back(request: AllyRequest) -> str:
    asked = request.POST.get("back", "")
    return asked if asked in BACK else ""


def _where_from(request: AllyRequest) -> str:
    return BACK.get(_back(request), "movement:today")
