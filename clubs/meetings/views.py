"""A meeting as its members see it: answered, also from a mail, and taken into one's calendar."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.tokens import BadToken
from clubs.meetings import afterwards, answering, by_mail, calendars, queries, services, wording
from clubs.meetings.dates import DatePoll
from clubs.meetings.models import Coming, Meeting, ReminderWish, Rsvp
from clubs.meetings.own_forms import AnswerForm, CalendarForm
from clubs.meetings.reminders import USUAL
from clubs.meetings.telling import AT_HAND
from clubs.permissions import MemberRequest, can_keep_notes, can_note_to_host, can_organise, member_required
from movement.permissions import AllyRequest, ally_required

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@member_required
def meetings(request: MemberRequest) -> HttpResponse:
    """All that is to come, and what the last ones came to."""
    club = request.club
    context = {
        "club": club,
        "organises": can_organise(request.membership),
        "to_come": queries.coming_up(club, but=None, limit=30),
        "been": queries.been(club),
        "looking": DatePoll.objects.open().filter(club=club),
    }
    return render(request, "clubs/meetings/meetings.html", context)


@require_http_methods(FORM_METHODS)
@member_required
def meeting(request: MemberRequest, id: int) -> HttpResponse:
    """One meeting; a POST is the answer to it."""
    found = meeting_of(request, id)
    seen = queries.seen_by(found, request.ally)
    may_note = can_note_to_host(request.membership)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=seen.answered, may_note=may_note)
    if request.method == "POST" and form.is_valid():
        take_answer(request, found, request.membership.ally, form)
        return redirect(request.club if request.POST.get("back") == "club" else found)
    context = {"club": request.club, "seen": seen, "form": form, **_around(request, found)}
    return render(request, "clubs/meetings/meeting.html", context, status=422 if form.errors else 200)


def _around(request: MemberRequest, found: Meeting) -> dict[str, Any]:
    """Who comes, what was said and decided, as far as this member may know."""
    organises = can_organise(request.membership)
    hosts = organises or found.host_id == request.membership.pk
    has_begun = found.has_begun
    return {
        "organises": organises,
        "membership": request.membership,
        "me": request.ally,
        "coming": queries.company(found, Coming.YES),
        "perhaps": queries.company(found, Coming.MAYBE),
        "notes": queries.words_to_host(found) if hosts else [],
        "rhythm": str(found.series.rhythm) if found.series else "",
        "has_begun": has_begun,
        "kept": afterwards.kept_of(found) if has_begun else None,
        "there": afterwards.seen_there(found) if has_begun else [],
        "was_there": has_begun and found.attendances.filter(membership=request.membership).exists(),
        "may_keep": has_begun and can_keep_notes(request.membership, found),
    }


def take_answer(request: HttpRequest, found: Meeting, ally: Any, form: AnswerForm) -> Rsvp | None:
    """Keep it, and say what became of it."""
    said = form.cleaned_data
    try:
        rsvp = answering.answer(meeting=found, ally=ally, coming=said["coming"], note=said.get("note"))
    except answering.MeetingIsOver:
        messages.warning(request, _("This meeting has been. There is nothing to answer any more."))
    except answering.MeetingIsCancelled:
        messages.warning(request, _("This meeting was called off."))
    else:
        if rsvp.coming == Coming.WAITING:
            messages.warning(
                request, _("Every seat is taken. You are on the waiting list: we write when one is yours.")
            )
        else:
            messages.success(request, _("Your answer is saved."))
        return rsvp
    return None


@never_cache
@require_http_methods(FORM_METHODS)
def answer_by_mail(request: HttpRequest, slug: str, id: int, token: str) -> HttpResponse:
    """Where the link in a mail leads: it shows the meeting, a button answers. Nobody has to sign in."""
    try:
        found = by_mail.invited(token, id=id)
    except BadToken as error:
        return render(request, "clubs/meetings/bad_link.html", {"reason": error.reason}, status=404)
    if found is None or found.meeting.club.slug != slug:
        return render(request, "clubs/meetings/bad_link.html", {"reason": "ended"}, status=404)
    seen = queries.seen_by(found.meeting, found.membership.ally)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        initial=seen.answered,
        may_note=can_note_to_host(found.membership),
    )
    if request.method == "POST" and form.is_valid():
        take_answer(request, found.meeting, found.membership.ally, form)
        return redirect(request.path)
    context = {"seen": seen, "club": found.meeting.club, "form": form, "here": request.path}
    context |= {"membership": found.membership}
    return render(request, "clubs/meetings/answer_by_mail.html", context, status=422 if form.errors else 200)


@require_safe
@member_required
def meeting_ics(request: MemberRequest, id: int) -> HttpResponse:
    found = meeting_of(request, id)
    return calendars.answer([found], name=request.club.name, file=f"{request.club.slug}-{found.pk}.ics")


def meeting_of(request: MemberRequest, id: int) -> Meeting:
    found = Meeting.objects.visible_to(request.user).filter(club=request.club).select_related(*AT_HAND)
    return get_object_or_404(found.prefetch_related(wording.NEEDED), pk=id)


@require_http_methods(FORM_METHODS)
@ally_required
def calendar(request: AllyRequest) -> HttpResponse:
    """The address of one's own feed, how it speaks, when to be reminded. A POST with `replace` renews the address."""
    if request.POST.get("replace"):
        services.replace_calendar_key(ally=request.ally)
        messages.success(request, _("You have a new address. The old one leads nowhere from now on."))
        return redirect("clubs:calendar")
    form = CalendarForm(request.POST if request.method == "POST" else None, initial=_chosen(request))
    if request.method == "POST" and form.is_valid():
        services.choose_calendar(ally=request.ally, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("clubs:calendar")
    context = {"address": calendars.feed_address(request.ally), "form": form}
    response = render(request, "clubs/meetings/calendar.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "private, no-store"
    return response


def _chosen(request: AllyRequest) -> dict[str, Any]:
    key = getattr(request.ally, "calendar_key", None)
    wish = ReminderWish.objects.filter(ally=request.ally).first()
    return {"is_discreet": bool(key and key.is_discreet), "times": wish.times if wish else USUAL}


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """For calendar programs, which sign in nowhere: the address is the key."""
    ally = calendars.ally_of_feed(token)
    if ally is None:
        raise Http404
    return calendars.of_feed(ally, queries.in_calendar(ally))
