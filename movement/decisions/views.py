"""The stakeholder lens: the list, a decision with its table, and the forms it is filled by."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from movement.actions.views import posted
from movement.decisions import services
from movement.decisions.forms import DecisionForm, HappenedForm, WeighForm
from movement.decisions.lens import lens_of
from movement.decisions.models import Decision, Stakeholder
from movement.decisions.queries import own, shown
from movement.decisions.reading import sentences
from movement.editing import ChangedMeanwhile, Difference, OverEdition, meanwhile
from movement.permissions import AllyRequest, ally_required

FORM_METHODS = ["GET", "HEAD", "POST"]
F = TypeVar("F", bound=OverEdition)


@ally_required
@require_safe
def decisions(request: AllyRequest) -> HttpResponse:
    asked = request.GET
    context = {
        "mine": own(viewer=request.user, after=asked.get("mine_after", "")),
        "shown": shown(viewer=request.user, after=asked.get("after", "")),
    }
    return render(request, "movement/decisions/decisions.html", context)


@ally_required
@require_http_methods(FORM_METHODS)
def new_decision(request: AllyRequest) -> HttpResponse:
    form = DecisionForm(posted(request), ally=request.ally)
    if request.method == "POST" and form.is_valid():
        decision = services.write_decision(owner=request.ally, **form.values())
        messages.success(request, _("Written down. Now take one of them after the other."))
        return redirect("movement:weigh", decision.pk, decision.stakeholders.all()[0].pk)
    return render(request, "movement/decisions/new_decision.html", {"form": form}, status=422 if form.errors else 200)


@ally_required
@require_safe
def decision(request: AllyRequest, id: int) -> HttpResponse:
    found = get_object_or_404(Decision.objects.visible_to(request.user).select_related("owner__user"), pk=id)
    lens = lens_of(found)
    context = {
        "decision": found,
        "lens": lens,
        "learnt": sentences(lens),
        "is_mine": found.owner == request.ally,
        "next_to_weigh": next((who for who, cells in lens.rows if not any(cell.scores for cell in cells)), None),
    }
    return render(request, "movement/decisions/decision.html", context)


@ally_required
@require_http_methods(FORM_METHODS)
def edit_decision(request: AllyRequest, id: int) -> HttpResponse:
    found = _own_or_404(request, id)

    def make(sent: QueryDict | None) -> DecisionForm:
        return DecisionForm(sent, ally=request.ally, decision=_own_or_404(request, id))

    def save(form: DecisionForm) -> None:
        services.change_decision(decision=found, edition=form.cleaned_data["edition"], **form.values())

    form, differences = saved(request, make, save, lambda: _own_or_404(request, id).edition)
    if form is None:
        messages.success(request, _("Saved."))
        return redirect(found)
    return _form_page(request, "edit_decision", form, differences, decision=found)


@ally_required
@require_http_methods(FORM_METHODS)
def weigh(request: AllyRequest, id: int, stakeholder_id: int) -> HttpResponse:
    """One stakeholder, then the next; after the last one the table."""
    found = _own_or_404(request, id)
    options, everybody = list(found.options.all()), list(found.stakeholders.all())
    who = get_object_or_404(Stakeholder, pk=stakeholder_id, decision=found)

    def make(sent: QueryDict | None) -> WeighForm:
        return WeighForm(sent, stakeholder=Stakeholder.objects.get(pk=who.pk), options=options)

    def save(form: WeighForm) -> None:
        services.weigh(stakeholder=who, edition=form.cleaned_data["edition"], effects=form.effects())

    form, differences = saved(request, make, save, lambda: Stakeholder.objects.get(pk=who.pk).edition)
    after = next((one for one in everybody if one.place > who.place), None)
    if form is None:
        if after and "next" in request.POST:
            return redirect("movement:weigh", found.pk, after.pk)
        return redirect(found)
    more = {"who": who, "after": after, "everybody": everybody, "place": everybody.index(who) + 1}
    return _form_page(request, "weigh", form, differences, decision=found, **more)


@ally_required
@require_http_methods(FORM_METHODS)
def what_happened(request: AllyRequest, id: int) -> HttpResponse:
    found = _own_or_404(request, id)

    def make(sent: QueryDict | None) -> HappenedForm:
        return HappenedForm(sent, decision=_own_or_404(request, id))

    def save(form: HappenedForm) -> None:
        said = form.cleaned_data
        services.tell_what_happened(decision=found, edition=said["edition"], text=said["text"])

    form, differences = saved(request, make, save, lambda: _own_or_404(request, id).edition)
    if form is None:
        messages.success(request, _("Kept. The next decision of this kind is wiser by it."))
        return redirect(found)
    return _form_page(request, "what_happened", form, differences, decision=found)


@ally_required
@require_http_methods(FORM_METHODS)
def delete_decision(request: AllyRequest, id: int) -> HttpResponse:
    found = _own_or_404(request, id)
    if request.method == "POST":
        services.delete_decision(decision=found)
        messages.success(request, _("The decision is gone, with all that was weighed."))
        return redirect("movement:decisions")
    return render(request, "movement/decisions/delete_decision.html", {"decision": found})


def _own_or_404(request: AllyRequest, number: int) -> Decision:
    return get_object_or_404(Decision, pk=number, owner=request.ally)


def saved(
    request: AllyRequest,
    make: Callable[[QueryDict | None], F],
    save: Callable[[F], Any],
    edition: Callable[[], int],
) -> tuple[F | None, list[Difference] | None]:
    """No form once it is saved. Else the form to show, and how it differs from what somebody saved meanwhile."""
    form = make(posted(request))
    if request.method != "POST" or not form.is_valid():
        return form, None
    try:
        save(form)
    except ChangedMeanwhile:
        return meanwhile(make, request.POST, edition=edition())
    return None, None


def _form_page(
    request: AllyRequest, name: str, form: OverEdition, differences: list[Difference] | None, **more: Any
) -> HttpResponse:
    status = 409 if differences is not None else 422 if form.errors else 200
    context = {"form": form, "differences": differences, **more}
    return render(request, f"movement/decisions/{name}.html", context, status=status)
