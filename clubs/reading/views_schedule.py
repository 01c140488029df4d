"""The schedule of a reading: typed, proposed, moved. Of two who change it at once the second is told."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clubs.permissions import MemberRequest, organiser_required
from clubs.reading.forms_schedule import CatchUpForm, ProposalForm, ScheduleForm, ShiftForm
from clubs.reading.models import Reading, Section
from clubs.reading.schedule import OutOfOrder, TooShort, catch_up, propose, reshape, shift
from movement.editing import ChangedMeanwhile, OverEdition, meanwhile

#: For each error of a change: at which field it is told, and how.
Refusals = Mapping[type[Exception], tuple[str, str]]
#: The forms beside the schedule, and what their fields are called on the page.
BESIDE: dict[str, tuple[type[Any], str]] = {
    "proposal": (ProposalForm, "propose_%s"),
    "shifting": (ShiftForm, "shift_%s"),
    "catching": (CatchUpForm, "catch_%s"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@organiser_required
def schedule(request: MemberRequest, id: int) -> HttpResponse:
    reading = _reading(request, id)
    form = _form(reading, request.POST if request.method == "POST" else None)
    differences = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            reshape(reading=reading, edition=said["edition"], dues=form.dues(), more=said["more"] or ())
        except ChangedMeanwhile:
            now = _reading(request, id)
            form, differences = meanwhile(lambda sent: _form(now, sent), request.POST, edition=now.edition)
        else:
            messages.success(request, _("Saved."))
            return redirect(request.club)
    status = 409 if differences is not None else 422 if form.errors else 200
    return _page(request, reading, status=status, form=form, differences=differences)


def _form(reading: Reading, sent: QueryDict | None) -> ScheduleForm:
    return ScheduleForm(sent, reading=reading, sections=list(reading.sections.all()))


def _page(request: MemberRequest, reading: Reading, *, status: int, **forms: object) -> HttpResponse:
    sections = list(reading.sections.all())
    context = {
        "club": request.club,
        "reading": reading,
        "form": _form(reading, None),
        **{name: _beside(name, reading, sections) for name in BESIDE},
        "is_dated": any(section.due_on for section in sections),
        **forms,
    }
    return render(request, "clubs/reading/schedule.html", context, status=status)


@require_POST
@organiser_required
def propose_schedule(request: MemberRequest, id: int) -> HttpResponse:
    """Days for all sections, spread evenly between two."""
    refused: Refusals = {TooShort: ("last", _("There are fewer days than sections. Choose a later one."))}
    return _change(request, id, "proposal", propose, refused, _("There they are. Drag or type what does not suit you."))


@require_POST
@organiser_required
def shift_schedule(request: MemberRequest, id: int) -> HttpResponse:
    refused: Refusals = {
        OverflowError: ("days", _("That is too far.")),
        OutOfOrder: ("days", _("They would be due before the section in front of them.")),
    }
    return _change(request, id, "shifting", shift, refused, _("The days are moved."))


@require_POST
@organiser_required
def catch_up_week(request: MemberRequest, id: int) -> HttpResponse:
    """A free week where it is wanted, or none: what follows moves with it."""
    said = _("The week is free.") if request.POST.get("after") else _("No week is kept free.")
    return _change(request, id, "catching", catch_up, {}, said)


def _change(
    request: MemberRequest,
    id: int,
    name: str,
    change: Callable[..., None],
    refused: Refusals,
    said: str,
) -> HttpResponse:
    """One of the forms beside the schedule."""
    reading = _reading(request, id)
    form = _beside(name, reading, list(reading.sections.all()), request.POST)
    if not form.is_valid():
        return _page(request, reading, status=422, **{name: form})
    try:
        change(reading=reading, **form.cleaned_data)
    except ChangedMeanwhile:
        return _told(request, reading)
    except tuple(refused) as error:
        form.add_error(*refused[type(error)])
        return _page(request, _reading(request, id), status=422, **{name: form})
    messages.success(request, said)
    return redirect("clubs:schedule", slug=request.club.slug, id=reading.pk)


def _beside(name: str, reading: Reading, sections: list[Section], sent: QueryDict | None = None) -> OverEdition:
    kind, auto_id = BESIDE[name]
    form: OverEdition = kind(sent, reading=reading, sections=sections, auto_id=auto_id)
    return form


def _told(request: MemberRequest, reading: Reading) -> HttpResponse:
    messages.warning(
        request, _("Somebody else changed the schedule meanwhile; nothing was done. This is how it stands.")
    )
    return redirect("clubs:schedule", slug=request.club.slug, id=reading.pk)


def _reading(request: MemberRequest, id: int) -> Reading:
    return get_object_or_404(Reading.objects.select_related("book"), pk=id, club=request.club)
