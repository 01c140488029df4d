"""What a meeting takes along and leaves behind: its pack, its notes, who was there."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clubs.meetings import afterwards, queries
from clubs.meetings.models import Meeting
from clubs.meetings.own_forms import AttendanceForm, MinutesForm
from clubs.meetings.views import FORM_METHODS, meeting_of
from clubs.permissions import MemberRequest, can_keep_notes, member_required
from movement.editing import ChangedMeanwhile, meanwhile


@require_safe
@member_required
def pack(request: MemberRequest, id: int) -> HttpResponse:
    """Sections, questions and the last notes on one page, for paper and phone."""
    found = meeting_of(request, id)
    context = {
        "club": request.club,
        "seen": queries.seen_by(found, request.ally),
        "last": afterwards.last_kept(request.club, before=found),
    }
    return render(request, "clubs/meetings/pack.html", context)


@require_http_methods(FORM_METHODS)
@member_required
def keep_notes(request: MemberRequest, id: int) -> HttpResponse:
    """Notes, decisions, actions; the second of two who write at once is told, and sees both versions."""
    found, differences = _begun(request, id), None
    form = MinutesForm(request.POST if request.method == "POST" else None, instance=afterwards.kept_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            afterwards.keep(meeting=found, edition=form.cleaned_data["edition"], words=form.values())
        except ChangedMeanwhile:
            now = afterwards.kept_of(found)
            form, differences = meanwhile(
                lambda sent: MinutesForm(sent, instance=now), request.POST, edition=now.edition
            )
        else:
            messages.success(request, _("The notes are kept."))
            return redirect(found)
    context = {"form": form, "club": request.club, "meeting": found, "differences": differences}
    status = 409 if differences is not None else 422 if form.errors else 200
    return render(request, "clubs/meetings/keep_notes.html", context, status=status)


@require_http_methods(FORM_METHODS)
@member_required
def attendance(request: MemberRequest, id: int) -> HttpResponse:
    found = _begun(request, id)
    form = AttendanceForm(request.POST if request.method == "POST" else None, meeting=found)
    if request.method == "POST" and form.is_valid():
        afterwards.were_there(meeting=found, members=form.members)
        messages.success(request, _("Saved."))
        return redirect(found)
    context = {"form": form, "club": request.club, "meeting": found}
    return render(request, "clubs/meetings/attendance.html", context, status=422 if form.errors else 200)


@require_POST
@member_required
def was_there(request: MemberRequest, id: int) -> HttpResponse:
    """What one says of oneself: `there` is sent, or not."""
    found = meeting_of(request, id)
    if not found.has_begun:
        raise Http404
    afterwards.was_there(meeting=found, membership=request.membership, there=bool(request.POST.get("there")))
    messages.success(request, _("Saved."))
    return redirect(found)


def _begun(request: MemberRequest, id: int) -> Meeting:
    found = meeting_of(request, id)
    if not (found.has_begun and can_keep_notes(request.membership, found)):
        raise Http404
    return found
