"""Noting a small action, the wall of them, and the ideas."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from movement.actions.forms import KINDS_IN_A_WORD, ActionForm, LogForm, begun_with
from movement.actions.models import Action, Idea
from movement.actions.services import change_action, delete_action, log_action
from movement.actions.wall import wall
from movement.permissions import AllyRequest, ally_required

#: Where a form may lead back to; everything else leads to Today.
BACK = {"wall": "movement:actions"}
FORM_METHODS = ["GET", "HEAD", "POST"]
SHOWN_BESIDE_AN_IDEA = 5


@ally_required
@require_safe
def actions(request: AllyRequest) -> HttpResponse:
    """The wall, with the question on top of it."""
    asked = request.GET
    seen = wall(viewer=request.user, kind=asked.get("kind", ""), after=asked.get("after", ""))
    context = {"wall": seen, "kinds": KINDS_IN_A_WORD[1:], "me": request.ally, "form": LogForm(), "back": "wall"}
    return render(request, "movement/actions/actions.html", context)


@ally_required
@require_http_methods(FORM_METHODS)
def log_action_view(request: AllyRequest) -> HttpResponse:
    """One field is enough; `?idea=` begins it with the words of an idea."""
    idea = Idea.objects.published().filter(slug=request.GET.get("idea", "")[:80]).first()
    form = LogForm(posted(request), initial=begun_with(idea))
    if request.method == "POST" and form.is_valid():
        action = log_action(ally=request.ally, **form.cleaned_data)
        undo = {"action": action, "count": request.ally.actions.count(), "back": _back(request)}
        messages.success(request, render_to_string("movement/actions/noted.html", undo, request=request))
        return redirect(_where_from(request))
    context = {"form": form, "idea": idea, "me": request.ally, "back": _back(request)}
    return render(request, "movement/actions/log_action.html", context, status=422 if form.errors else 200)


@ally_required
@require_http_methods(FORM_METHODS)
def edit_action(request: AllyRequest, id: int) -> HttpResponse:
    action = get_object_or_404(Action, pk=id, ally=request.ally)
    form = ActionForm(posted(request), instance=action)
    if request.method == "POST" and form.is_valid():
        change_action(action=action, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("movement:actions")
    context = {"form": form, "me": request.ally}
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
def ideas(request: AllyRequest) -> HttpResponse:
    mine = Action.objects.filter(ally=request.ally, idea=OuterRef("pk"))
    shown = Idea.objects.published().annotate(is_done=Exists(mine))
    return render(request, "movement/actions/ideas.html", {"ideas": shown})


@ally_required
@require_safe
def idea(request: AllyRequest, slug: str) -> HttpResponse:
    """How it goes, and what allies say about doing it."""
    found = get_object_or_404(Idea.objects.published(), slug=slug)
    told = Action.objects.visible_to(request.user).filter(idea=found).select_related("ally", "idea").newest_first()
    context = {"idea": found, "told": told[:SHOWN_BESIDE_AN_IDEA], "me": request.ally}
    return render(request, "movement/actions/idea.html", context)


def posted(request: AllyRequest) -> QueryDict | None:
    """What was sent, an empty form included: it has errors to show."""
    return request.POST if request.method == "POST" else None


def _back(request: AllyRequest) -> str:
    asked = request.POST.get("back", "")
    return asked if asked in BACK else ""


def _where_from(request: AllyRequest) -> str:
    return BACK.get(_back(request), "movement:today")
