"""For organisers: a meeting is arranged, once or as a series, changed, copied and called off."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clubs.meetings import lunch, services
from clubs.meetings.answering import MeetingIsCancelled, MeetingIsOver
from clubs.meetings.forms import CallOffForm, ChangeForm, NewMeetingForm
from clubs.meetings.models import TERMS, Meeting
from clubs.meetings.series import arrange_series
from clubs.meetings.views import FORM_METHODS, meeting_of
from clubs.permissions import MemberRequest, organiser_required
from movement.editing import ChangedMeanwhile, meanwhile
from movement.permissions import AllyRequest, ally_required


@require_http_methods(FORM_METHODS)
@organiser_required
def new_meeting(request: MemberRequest) -> HttpResponse:
    """`?like=` begins with the words of another meeting; a POST with `look` shows the next days, and keeps nothing."""
    form = NewMeetingForm(request.POST if request.method == "POST" else None, club=request.club, initial=_like(request))
    ahead = None
    if request.method == "POST" and form.is_valid():
        if not request.POST.get("look"):
            _arrange(request, form)
            return redirect(request.club)
        ahead = list(form.ahead()) if form.again else [form.cleaned_data["starts_at"]]
    context = {"form": form, "club": request.club, "ahead": ahead}
    return render(request, "clubs/meetings/new_meeting.html", context, status=422 if form.errors else 200)


def _arrange(request: MemberRequest, form: NewMeetingForm) -> None:
    if form.again:
        arrange_series(club=request.club, **form.values(), **form.again)
        messages.success(request, _("The days are set, one after the other. Each can be moved by itself."))
    else:
        services.arrange(club=request.club, **form.values())
        messages.success(request, _("The meeting is set."))


def _like(request: MemberRequest) -> dict[str, Any]:
    """The words of a meeting, for another one: all but its day."""
    number = request.GET.get("like", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return {}
    found = meeting_of(request, int(number))
    words = {name: getattr(found, name) for name in TERMS if name != "host"}
    host = {"host": str(found.host.public_id)} if found.host else {}
    return words | host | {"time": found.local_start.time()}


@require_http_methods(FORM_METHODS)
@organiser_required
def edit_meeting(request: MemberRequest, id: int) -> HttpResponse:
    """The second of two who change it at once is told, and sees both versions."""
    found, differences = meeting_of(request, id), None
    if not found.is_to_come:
        messages.warning(request, _("This meeting has been, or was called off. There is nothing to change any more."))
        return redirect(found)
    form = _over(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = services.change(meeting=found, edition=form.cleaned_data["edition"], **form.values())
        except ChangedMeanwhile:
            now = meeting_of(request, id)
            form, differences = meanwhile(lambda sent: _over(now, sent), request.POST, edition=now.edition)
        except (MeetingIsOver, MeetingIsCancelled):
            messages.warning(request, _("Meanwhile it was called off, or is over."))
            return redirect(found)
        else:
            _say_changed(request, changed)
            return redirect(found)
    context = {"form": form, "club": request.club, "meeting": found, "differences": differences}
    status = 409 if differences is not None else 422 if form.errors else 200
    return render(request, "clubs/meetings/edit_meeting.html", context, status=status)


def _over(found: Meeting, sent: QueryDict | None) -> ChangeForm:
    """On a meeting of its own: the form writes into what it is given."""
    return ChangeForm(sent, instance=Meeting.objects.get(pk=found.pk), club=found.club)


def _say_changed(request: MemberRequest, meeting: Meeting) -> None:
    messages.success(request, _("Saved. Whoever answered stays answered, and calendars show it."))
    capacity = Meeting.objects.values_list("capacity", "seats_taken").get(pk=meeting.pk)
    if capacity[0] is not None and capacity[1] > capacity[0]:
        messages.warning(
            request, _("More have said yes than there are seats now. Nobody is sent away, and nobody new gets in.")
        )


@require_http_methods(FORM_METHODS)
@organiser_required
def call_off(request: MemberRequest, id: int) -> HttpResponse:
    found = meeting_of(request, id)
    if found.cancelled_at:
        messages.warning(request, _("This meeting was called off."))
        return redirect(found)
    form = CallOffForm(request.POST if request.method == "POST" else None, meeting=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.call_off(meeting=found, **form.cleaned_data)
        except MeetingIsOver:
            messages.warning(request, _("This meeting has been. It cannot be called off any more."))
        else:
            messages.success(request, _("The meeting is called off. Calendars will show it."))
        return redirect(found)
    context = {"form": form, "club": request.club, "meeting": found}
    return render(request, "clubs/meetings/call_off.html", context, status=422 if form.errors else 200)


@require_POST
@ally_required
def lunch_club(request: AllyRequest) -> HttpResponse:
    """A group that reads the primer over lunch, with all its meetings."""
    club = lunch.found_lunch_club(organiser=request.ally)
    messages.success(request, _("There it is: six Tuesdays at 12:15. Name a room, and move what does not suit."))
    return redirect(club)


@require_POST
@organiser_required
def lunch_hours(request: MemberRequest) -> HttpResponse:
    """The same six meetings, for a group that is there already."""
    try:
        lunch.read_primer(club=request.club)
    except lunch.AlreadyReading:
        messages.warning(request, _("These six lunches are before you already."))
    else:
        messages.success(request, _("Six Tuesdays at 12:15 are set. Name a room, and move what does not suit."))
    return redirect("clubs:meetings", slug=request.club.slug)
