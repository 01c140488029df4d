"""Meetings: arranged, answered, called off, and taken into one's calendar."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clubs.meetings import calendars, queries, services, wording
from clubs.meetings.forms import AnswerForm, MeetingForm
from clubs.meetings.models import Meeting
from clubs.permissions import MemberRequest, can_organise, member_required, organiser_required
from movement.permissions import AllyRequest, ally_required


@require_http_methods(["GET", "HEAD", "POST"])
@organiser_required
def new_meeting(request: MemberRequest) -> HttpResponse:
    form = MeetingForm(request.POST if request.method == "POST" else None, club=request.club)
    if request.method == "POST" and form.is_valid():
        services.arrange(club=request.club, **form.cleaned_data)
        messages.success(request, _("The meeting is set."))
        return redirect(request.club)
    context = {"form": form, "club": request.club}
    return render(request, "clubs/meetings/new_meeting.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def meeting(request: MemberRequest, id: int) -> HttpResponse:
    """One meeting; a POST is the answer to it."""
    found = _meeting(request, id)
    seen = queries.seen_by(found, request.ally)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"coming": seen.coming})
    if request.method == "POST" and form.is_valid():
        _take_answer(request, found, form.cleaned_data["coming"])
        return redirect(request.club if request.POST.get("back") == "club" else found)
    context = {"club": request.club, "seen": seen, "form": form, "organises": can_organise(request.membership)}
    return render(request, "clubs/meetings/meeting.html", context, status=422 if form.errors else 200)


def _take_answer(request: MemberRequest, found: Meeting, coming: str) -> None:
    try:
        services.answer(meeting=found, ally=request.ally, coming=coming)
    except services.MeetingIsFull:
        messages.warning(request, _("Every seat is taken by now. What you answered before still stands."))
    except services.MeetingIsOver:
        messages.warning(request, _("This meeting has been. There is nothing to answer any more."))
    except services.MeetingIsCancelled:
        messages.warning(request, _("This meeting was called off."))
    else:
        messages.success(request, _("Your answer is saved."))


@require_POST
@organiser_required
def call_off(request: MemberRequest, id: int) -> HttpResponse:
    found = _meeting(request, id)
    try:
        services.call_off(meeting=found)
    except services.MeetingIsOver:
        messages.warning(request, _("This meeting has been. It cannot be called off any more."))
    else:
        messages.success(request, _("The meeting is called off. Calendars will show it."))
    return redirect(found)


@require_safe
@member_required
def meeting_ics(request: MemberRequest, id: int) -> HttpResponse:
    found = _meeting(request, id)
    return calendars.answer([found], name=request.club.name, file=f"{request.club.slug}-{found.pk}.ics")


def _meeting(request: MemberRequest, id: int) -> Meeting:
    meetings = Meeting.objects.visible_to(request.user).filter(club=request.club).select_related("club")
    return get_object_or_404(meetings.prefetch_related(wording.NEEDED), pk=id)


@require_http_methods(["GET", "HEAD", "POST"])
@ally_required
def calendar(request: AllyRequest) -> HttpResponse:
    """The address of one's own feed; a POST replaces it."""
    if request.method == "POST":
        services.replace_calendar_key(ally=request.ally)
        messages.success(request, _("You have a new address. The old one leads nowhere from now on."))
        return redirect("clubs:calendar")
    address = calendars.feed_address(request.ally)
    response = render(request, "clubs/meetings/calendar.html", {"address": address})
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """For calendar programs, which sign in nowhere: the address is the key."""
    ally = calendars.ally_of_feed(token)
    if ally is None:
        raise Http404
    return calendars.answer(queries.in_calendar(ally), name=calendars.feed_name(), file="reading-groups.ics")
