"""The talk about one section: notes, questions and highlights, for whoever has read it or asked for it anyway."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clubs.discussion import services
from clubs.discussion.forms import HighlightForm, NoteForm, QuestionForm
from clubs.discussion.models import Highlight, Note, Question, opened_sections
from clubs.discussion.queries import highlights, notes_of
from clubs.meetings.models import Meeting
from clubs.permissions import (
    MemberRequest,
    can_organise,
    can_take_alias,
    can_write_notes,
    member_required,
    organiser_required,
)
from clubs.reading.models import Section
from ui.choices import LONGEST_NUMBER


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def talk(request: MemberRequest, section_id: int) -> HttpResponse:
    """A POST is a note. What waits behind the gate is not in the page, only how many notes there are."""
    section = _section(request, section_id)
    form = NoteForm(request.POST if request.method == "POST" else None, section=section)
    if request.method == "POST" and can_write_notes(request.membership) and form.is_valid():
        services.write_note(section=section, membership=request.membership, **form.cleaned_data)
        messages.success(request, _("Your note is there for those who have read as far."))
        return redirect(_to(request, section))
    status = 422 if request.method == "POST" else 200
    return render(request, "clubs/discussion/talk.html", _talk(request, section, form), status=status)


def _talk(request: MemberRequest, section: Section, form: NoteForm) -> dict[str, Any]:
    shown = opened_sections(request.membership).filter(pk=section.pk).exists()
    notes = notes_of(section, request.user)
    return {
        "club": request.club,
        "section": section,
        "me": request.ally,
        "form": form,
        "shown": shown,
        "may_write": can_write_notes(request.membership),
        "may_take_alias": can_take_alias(request.membership),
        "organises": can_organise(request.membership),
        "notes": list(notes) if shown else [],
        "questions": list(section.questions.all()) if shown else [],
        "highlights": list(highlights(request.membership, request.user).filter(section=section)) if shown else [],
        "waiting": 0 if shown else notes.count(),
    }


@require_POST
@member_required
def open_talk(request: MemberRequest, section_id: int) -> HttpResponse:
    """Show it anyway, from now on."""
    section = _section(request, section_id)
    services.show_anyway(section=section, membership=request.membership)
    if request.headers.get("HX-Request"):
        return render(request, "clubs/discussion/notes.html", _talk(request, section, NoteForm(section=section)))
    if request.POST.get("back") == str(section.reading_id):  # asked on the page of the round
        return redirect("clubs:summary", slug=request.club.slug, id=section.reading_id)
    if meeting := _meeting_asked_from(request, section):
        return redirect(meeting)
    return redirect(_to(request, section))


def _meeting_asked_from(request: MemberRequest, section: Section) -> Meeting | None:
    number = request.POST.get("meeting", "")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return None
    return Meeting.objects.filter(pk=int(number), club=request.club, sections=section).select_related("club").first()


@require_http_methods(["GET", "HEAD", "POST"])
@organiser_required
def new_question(request: MemberRequest, section_id: int) -> HttpResponse:
    section = _section(request, section_id)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.ask(section=section, texts=form.texts)
        messages.success(request, _("Asked. Whoever reads as far will find it."))
        return redirect(_to(request, section))
    context = {"club": request.club, "section": section, "form": form}
    return render(request, "clubs/discussion/new_question.html", context, status=422 if form.errors else 200)


@require_safe
@member_required
def question(request: MemberRequest, id: int) -> HttpResponse:
    """One question with its thread; whoever has not read as far is led to the gate."""
    found = get_object_or_404(
        Question.objects.select_related("section__reading__book", "section__reading__club"),
        pk=id,
        section__reading__club=request.club,
    )
    if not Question.objects.visible_to(request.user).filter(pk=found.pk).exists():
        return redirect(_to(request, found.section))
    context = {"club": request.club, "question": found, "organises": can_organise(request.membership)}
    return render(request, "clubs/discussion/question.html", context)


@require_POST
@organiser_required
def remove_question(request: MemberRequest, id: int) -> HttpResponse:
    found = get_object_or_404(Question, pk=id, section__reading__club=request.club)
    found.delete()
    messages.success(request, _("The question is taken away, with what was said to it."))
    return redirect(_to(request, found.section))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def new_highlight(request: MemberRequest, section_id: int) -> HttpResponse:
    section = _section(request, section_id)
    if not can_write_notes(request.membership):
        messages.warning(request, _("Choose a name for this group first: what is kept here stands under one."))
        return redirect(_to(request, section))
    form = HighlightForm(request.POST if request.method == "POST" else None, section=section)
    if request.method == "POST" and form.is_valid():
        services.highlight(section=section, membership=request.membership, **form.cleaned_data)
        messages.success(request, _("Kept, for those who have read as far."))
        return redirect(_to(request, section))
    context = {"club": request.club, "section": section, "form": form}
    return render(request, "clubs/discussion/new_highlight.html", context, status=422 if form.errors else 200)


@require_POST
@member_required
def remove_note(request: MemberRequest, id: int) -> HttpResponse:
    return _remove(request, Note, id)


@require_POST
@member_required
def remove_highlight(request: MemberRequest, id: int) -> HttpResponse:
    return _remove(request, Highlight, id)


def _remove(request: MemberRequest, model: type[Model], id: int) -> HttpResponse:
    """One's own; an organiser may take down any that they can see."""
    seen = model._default_manager.visible_to(request.user)  # type: ignore[attr-defined]
    found = get_object_or_404(seen.select_related("section"), pk=id, membership__club=request.club)
    if found.membership_id != request.membership.pk and not can_organise(request.membership):
        raise Http404
    found.delete()
    messages.success(request, _("It is taken down."))
    return redirect(_to(request, found.section))


def _section(request: MemberRequest, id: int) -> Section:
    return get_object_or_404(Section.objects.filter(reading__club=request.club).select_related("reading__book"), pk=id)


def _to(request: MemberRequest, section: Section) -> str:
    return reverse("clubs:talk", kwargs={"slug": request.club.slug, "section_id": section.pk})
