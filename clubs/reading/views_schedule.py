"""The schedule of a reading: typed, proposed, moved. Of two who change it at once the second is told."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clubs.permissions import MemberRequest, organiser_required
from clubs.reading.forms_schedule import CatchUpForm, ProposalForm, ScheduleForm, ShiftForm, with_new_ones
from clubs.reading.models import Reading, Section
from clubs.reading.reordering import Move
from clubs.reading.schedule import OutOfOrder, TooShort, catch_up, propose, reshape, shift
from movement.editing import ChangedMeanwhile, OverEdition, meanwhile

#: At which field, and how, an error of the change is told.
Refused = Mapping[type[Exception], tuple[str, str]]
#: The forms beside the schedule, and what their fields are called on the page.
BESIDE: dict[str, tuple[type[Any], str]] = {
    "proposal": (ProposalForm, "propose_%s"),
    "shifting": (ShiftForm, "shift_%s"),
    "catching": (CatchUpForm, "catch_%s"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@organiser_required
def schedule(request: MemberRequest, id: int) -> HttpResponse:
    if request.method == "POST":
        return _kept(request, id) or redirect(request.club)
    return _page(request, _reading(request, id), status=200)


@require_POST
@organiser_required
def move_section(request: MemberRequest, id: int, section_id: int) -> HttpResponse:
    """One place up or down, with all that was typed beside it."""
    by = {"up": -1, "down": 1}.get(request.POST.get("to", ""))
    if by is None or not Section.objects.filter(pk=section_id, reading=_reading(request, id)).exists():
        raise Http404
    place = reverse("clubs:schedule", args=[request.club.slug, id]) + f"#section-{section_id}"
    return _kept(request, id, Move(section_id, by)) or redirect(place)


def _kept(request: MemberRequest, id: int, wish: Move | None = None) -> HttpResponse | None:
    """The form again where it could not be saved, with what was typed; None once it is."""
    reading, differences = _reading(request, id), None
    form = _form(reading, with_new_ones(reading, request.POST))
    if form.is_valid():
        try:
            reshape(
                reading=reading,
                edition=form.cleaned_data["edition"],
                dues=form.dues(),
                inserted=form.inserted(),
                more=form.cleaned_data["more"] or (),
                wish=wish,
            )
        except ChangedMeanwhile:
            reading = _reading(request, id)
            form, differences = meanwhile(
                lambda sent: _form(reading, with_new_ones(reading, sent)), request.POST, edition=reading.edition
            )
        else:
            messages.success(request, _("Saved, and moved.") if wish else _("Saved."))
            return None
    status = 409 if differences is not None else 422
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
    refused: Refused = {TooShort: ("last", _("There are fewer days than sections. Choose a later one."))}
    return _change(request, id, "proposal", propose, refused, _("There they are. Drag or type what does not suit you."))


@require_POST
@organiser_required
def shift_schedule(request: MemberRequest, id: int) -> HttpResponse:
    refused: Refused = {
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
    refused: Refused,
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
