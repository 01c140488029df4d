"""A new book for the club, and marking sections read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clubs.permissions import MemberRequest, member_required, organiser_required
from clubs.reading.forms import BookForm
from clubs.reading.models import Section
from clubs.reading.services import mark_read, mark_unread, read_book


@require_http_methods(["GET", "HEAD", "POST"])
@organiser_required
def new_book(request: MemberRequest) -> HttpResponse:
    """The organiser says what the club reads next."""
    form = BookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reading = read_book(club=request.club, **form.cleaned_data)
        messages.success(request, _("You are reading “%(title)s” from now on.") % {"title": reading.book.title})
        return redirect(request.club)
    context = {"form": form, "club": request.club}
    return render(request, "clubs/reading/new_book.html", context, status=422 if form.errors else 200)


@require_POST
@member_required
def read(request: MemberRequest, section_id: int) -> HttpResponse:
    """Mark a section read (`read` is sent) or not read."""
    section = get_object_or_404(Section, pk=section_id, reading__club=request.club)
    if request.POST.get("read"):
        mark_read(section=section, membership=request.membership)
        said = _("Section %(n)s marked as read. Its notes are open to you now.")
    else:
        mark_unread(section=section, membership=request.membership)
        said = _("Section %(n)s is not marked as read any more.")
    messages.success(request, said % {"n": section.position})
    return redirect(request.club)
