"""The talk about one section."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clubs.discussion.forms import NoteForm
from clubs.discussion.queries import notes_of
from clubs.discussion.services import write_note
from clubs.permissions import MemberRequest, can_write_notes, member_required
from clubs.reading.models import Section


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def talk(request: MemberRequest, section_id: int) -> HttpResponse:
    """The notes of a section, for whoever has read it or asks for them anyway (`?anyway=1`, which keeps nothing)."""
    sections = Section.objects.filter(reading__club=request.club).select_related("reading__book")
    section = get_object_or_404(sections, pk=section_id)
    is_read = section.read_by.filter(membership=request.membership).exists()
    form = NoteForm(request.POST if request.method == "POST" else None, section=section)
    if request.method == "POST" and can_write_notes(request.ally) and form.is_valid():
        write_note(section=section, membership=request.membership, **form.cleaned_data)
        messages.success(request, _("Your note is there for those who have read as far."))
        return redirect("clubs:talk", slug=request.club.slug, section_id=section.pk)
    notes = notes_of(section, request.user)
    shown = is_read or request.GET.get("anyway") == "1"
    context = {
        "club": request.club,
        "section": section,
        "me": request.ally,
        "form": form,
        "is_read": is_read,
        "may_write": can_write_notes(request.ally),
        "notes": list(notes) if shown else [],
        "waiting": 0 if shown else notes.count(),
    }
    part = "notes" if request.headers.get("HX-Request") and shown else "talk"
    status = 422 if request.method == "POST" else 200
    return render(request, f"clubs/discussion/{part}.html", context, status=status)
