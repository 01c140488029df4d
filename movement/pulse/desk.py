"""The stewards' desk in the CMS: opening a pulse, closing it early, reading the words. Before the close nothing of it
is known here either, not even how many have taken part; after it, the share alone.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import for_stewards
from movement.pulse import planning, voices
from movement.pulse.closing import NotOpen, close_early
from movement.pulse.forms import PlanForm, WhyForm, next_days
from movement.pulse.models import Audience, Pulse, Question
from movement.pulse.papers import AddressList, ListCount
from movement.pulse.reading import alike
from movement.pulse.turning import count_pulse, look_through_list, turn_now
from movement.pulse.voices import Voice

SHOWN, SHOWN_VOICES = 50, 500
TEMPLATES = "movement/pulse/cms"
WHY_NOT = {
    "questions": gettext_lazy("Choose from one question to five."),
    "past": gettext_lazy("That time is over already. Choose another first day."),
    "length": gettext_lazy("A pulse is open for one week at least and three at most."),
    "addresses": gettext_lazy("A pulse by mail needs addresses: not one of these is."),
}


@require_safe
@for_stewards
def pulses(request: HttpRequest) -> HttpResponse:
    found = list(Pulse.objects.order_by("-opens_at", "-pk")[:SHOWN])
    context = {
        "found": found,
        "alike": alike(found),
        "questions": Question.objects.filter(is_offered=True).count(),
        "header_title": _("Pulses"),
    }
    return render(request, f"{TEMPLATES}/pulses.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards
def new_pulse(request: HttpRequest) -> HttpResponse:
    form = PlanForm(request.POST or None, request.FILES or None, initial=next_days())
    if request.method == "POST" and form.is_valid():
        try:
            found = _plan(form.plan, request.user)
        except planning.BadPlan as bad:
            form.add_error(None, str(WHY_NOT[bad.why]))
        except planning.AnotherIsOpen:
            form.add_error(None, _("These people are asked already: one pulse at a time. Close the other one first."))
        else:
            messages.success(request, _("It is planned.") if not found.has_opened else _("It is open."))
            return redirect("pulses_cms:pulse", found.pk)
    context = {"form": form, "header_title": _("Open a pulse")}
    return render(request, f"{TEMPLATES}/new_pulse.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _plan(plan: dict[str, Any], user: Any) -> Pulse:
    found = planning.plan(**plan, by=user)
    if found.audience == Audience.EVERYONE:
        look_through_list.enqueue(found.pk)
    if found.has_opened:
        turn_now.enqueue()
    return found


@require_safe
@for_stewards
def pulse(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(Pulse, pk=number)
    is_over = found.results_at is not None
    context = {
        "pulse": found,
        "questions": found.questions.all(),
        "has_list": AddressList.objects.filter(pulse=found).exists(),
        "list": ListCount.objects.filter(pulse=found).first(),
        "voices": found.voices.order_by("pk").prefetch_related("hidings__by")[:SHOWN_VOICES] if is_over else [],
        "texts_wait": is_over and found.texts_at is not None and found.texts_at > timezone.now(),
        "form": WhyForm(),
        "header_title": str(found),
    }
    return render(request, f"{TEMPLATES}/pulse.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards
def close_pulse(request: HttpRequest, number: int) -> HttpResponse:
    """Asks first: it cannot be opened again."""
    found = get_object_or_404(Pulse, pk=number)
    if request.method != "POST":
        return render(request, f"{TEMPLATES}/close_pulse.html", {"pulse": found, "header_title": str(found)})
    try:
        _close(found)
    except NotOpen:
        messages.error(request, _("It has not opened yet, or somebody has closed it already."))
    else:
        messages.success(request, _("It is closed. The results are there as soon as they are counted."))
    return redirect("pulses_cms:pulse", found.pk)


@transaction.atomic
def _close(pulse: Pulse) -> None:
    close_early(pulse=pulse)
    count_pulse.enqueue(pulse.pk)


@require_POST
@for_stewards
def call_off_pulse(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(Pulse, pk=number)
    try:
        planning.call_off(pulse=found)
    except planning.HasOpened:
        messages.error(request, _("It has opened already. Close it instead."))
        return redirect("pulses_cms:pulse", found.pk)
    messages.success(request, _("It is called off, as if it had never been planned."))
    return redirect("pulses_cms:pulses")


@require_POST
@for_stewards
def show_texts(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(Pulse, pk=number)
    if voices.show_all(pulse=found):
        messages.success(request, _("Allies can read them now."))
    return redirect("pulses_cms:pulse", found.pk)


@require_POST
@for_stewards
def hide_text(request: HttpRequest, voice: UUID) -> HttpResponse:
    """Hide it with a reason, or show it again (`show`)."""
    found = get_object_or_404(Voice, pk=voice)
    form = WhyForm(request.POST)
    if "show" in request.POST:
        voices.show_again(voice=found, by=request.user)
    elif form.is_valid():
        voices.hide(voice=found, by=request.user, why=form.cleaned_data["why"])
    else:
        messages.error(request, _("Say why: it stands in the place of the words."))
    return redirect("pulses_cms:pulse", found.pulse_id)


patterns = [
    path("", pulses, name="pulses"),
    path("new/", new_pulse, name="new_pulse"),
    path("<int:number>/", pulse, name="pulse"),
    path("<int:number>/close/", close_pulse, name="close_pulse"),
    path("<int:number>/call-off/", call_off_pulse, name="call_off_pulse"),
    path("<int:number>/texts/", show_texts, name="show_texts"),
    path("texts/<uuid:voice>/", hide_text, name="hide_text"),
]
