"""A new book for the club, and marking sections read."""

from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clubs.permissions import MemberRequest, member_required, organiser_required
from clubs.reading.forms import BookForm
from clubs.reading.models import Book, Section
from clubs.reading.services import mark_read, mark_unread, read_book
from clubs.reading.site_pages import begun_with, may_read, readable
from ui.choices import LONGEST_NUMBER


@require_http_methods(["GET", "HEAD", "POST"])
@organiser_required
def new_book(request: MemberRequest) -> HttpResponse:
    """The organiser says what the club reads next."""
    chosen = Book.objects.known_to(request.club).filter(pk=_number(request.GET.get("book"))).first()
    page = may_read(request.user, _number(request.GET.get("page")))
    begun = begun_with(page) if page else _begun(chosen)
    form = BookForm(request.POST if request.method == "POST" else None, initial=begun, user=request.user)
    if request.method == "POST" and form.is_valid():
        reading = read_book(club=request.club, **form.cleaned_data)
        messages.success(request, _("You are reading “%(title)s” from now on.") % {"title": reading.book.title})
        return redirect(request.club)
    context = {"form": form, "club": request.club, "here": readable(request.user)}
    return render(request, "clubs/reading/new_book.html", context, status=422 if form.errors else 200)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0


def _begun(book: Book | None) -> dict[str, Any]:
    return model_to_dict(book, BookForm.Meta.fields) if book else {}


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
