"""Finding a day: an organiser offers some, members say what suits, and one becomes the meeting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from clubs.meetings import dates as finding
from clubs.meetings.dates import DatePoll
from clubs.meetings.dates_forms import DatesForm, FitsForm
from clubs.meetings.views import FORM_METHODS
from clubs.permissions import MemberRequest, can_organise, member_required, organiser_required


@require_http_methods(FORM_METHODS)
@organiser_required
def new_dates(request: MemberRequest) -> HttpResponse:
    form = DatesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        poll = finding.offer_dates(club=request.club, **form.cleaned_data)
        messages.success(request, _("The days are offered. The members hear of it."))
        if form.left_out:
            messages.warning(request, _left_out(form.left_out))
        return redirect(poll)
    context = {"form": form, "club": request.club}
    return render(request, "clubs/meetings/new_dates.html", context, status=422 if form.errors else 200)


def _left_out(n: int) -> str:
    said = ngettext(
        "%(n)s time is not among them: it is over, too far off, or the clocks are changed that night.",
        "%(n)s times are not among them: they are over, too far off, or the clocks are changed that night.",
        n,
    )
    return said % {"n": n}


@require_http_methods(FORM_METHODS)
@member_required
def dates(request: MemberRequest, id: int) -> HttpResponse:
    """The grid, each time by the reader's own clock; a POST is what suits them."""
    poll = _poll(request, id)
    if poll.meeting:
        return redirect(poll.meeting)
    offers = finding.offered(poll, request.membership)
    form = FitsForm(request.POST if request.method == "POST" else None, offers=offers)
    if request.method == "POST" and form.is_valid():
        try:
            finding.say_what_fits(poll=poll, membership=request.membership, fits=form.fits)
        except finding.AlreadyPicked:
            messages.warning(request, _("Meanwhile a day was chosen."))
        else:
            messages.success(request, _("Your answer is saved."))
        return redirect(poll)
    context = {"poll": poll, "club": request.club, "form": form, "organises": can_organise(request.membership)}
    return render(request, "clubs/meetings/dates.html", context, status=422 if form.errors else 200)


@require_POST
@organiser_required
def pick_date(request: MemberRequest, id: int, time_id: int) -> HttpResponse:
    poll = _poll(request, id)
    time = get_object_or_404(poll.times, pk=time_id)
    try:
        meeting = finding.pick(time=time)
    except finding.AlreadyPicked:
        messages.warning(request, _("Meanwhile a day was chosen."))
        return redirect(poll)
    messages.success(request, _("The meeting is set, and whoever said what suits has answered to it."))
    return redirect(meeting)


def _poll(request: MemberRequest, id: int) -> DatePoll:
    polls = DatePoll.objects.visible_to(request.user).filter(club=request.club)
    return get_object_or_404(polls.select_related("club", "meeting__club"), pk=id)
