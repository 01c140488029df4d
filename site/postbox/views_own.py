"""/me/notifications/: what one was told, and what comes by mail."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from postbox import kinds, services
from postbox.digests import services as digests
from postbox.forms import DigestForm, PauseForm, PreferencesForm
from postbox.models import Notification
from postbox.pauses import services as pauses
from postbox.telling import still_shown

#: Notifications on a page.
PAGE = 30


@login_required
@require_safe
def notifications(request: PersonRequest) -> HttpResponse:
    return _page(request)


@login_required
@require_POST
def mark_read(request: PersonRequest) -> HttpResponse:
    services.mark_all_read(user=request.user)
    return redirect("postbox:notifications")


@login_required
@require_POST
def open_notification(request: PersonRequest, id: int) -> HttpResponse:
    """Seen; and on to what it is about."""
    note = _mine_or_404(request, id)
    services.mark_read(note=note)
    return redirect(note.url)


@login_required
@require_POST
def mark_unread(request: PersonRequest, id: int) -> HttpResponse:
    services.mark_unread(note=_mine_or_404(request, id))
    return redirect("postbox:notifications")


@login_required
@require_POST
def preferences(request: PersonRequest) -> HttpResponse:
    form, digest = PreferencesForm(request.POST, user=request.user), DigestForm(request.POST, user=request.user)
    if not (form.is_valid() and digest.is_valid()):
        return _page(request, form=form, digest=digest)
    services.prefer_all(user=request.user, choices=form.choices(), digest=digest.cleaned_data)
    messages.success(request, _("Saved. From now on we write as you chose."))
    return redirect("postbox:notifications")


@login_required
@require_POST
def pause_mail(request: PersonRequest) -> HttpResponse:
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _page(request, pause=form)
    pauses.pause(user=request.user, until=form.cleaned_data["until"])
    messages.success(request, _("No letters until then, but for codes you ask for. Enjoy the quiet."))
    return redirect("postbox:notifications")


@login_required
@require_POST
def resume_mail(request: PersonRequest) -> HttpResponse:
    pauses.resume(user=request.user)
    messages.success(request, _("Welcome back. What there was meanwhile comes in one letter."))
    return redirect("postbox:notifications")


def _mine_or_404(request: PersonRequest, number: int) -> Notification:
    note = get_object_or_404(Notification.objects.visible_to(request.user).select_related("user"), pk=number)
    if not still_shown([note]):
        raise Http404
    return note


def _page(request: PersonRequest, **bound: Any) -> HttpResponse:
    """The page with whatever form was not in order; the others stand as at first."""
    mine = Notification.objects.visible_to(request.user).select_related("user").newest_first()
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) <= 18:
        mine = mine.filter(pk__lt=int(before))
    rows = list(mine[: PAGE + 1])
    notes = still_shown(rows[:PAGE])
    context = {
        "notes": notes,
        "older": f"?before={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        "has_unread": any(note.read_at is None for note in notes),
        "form": bound.get("form") or PreferencesForm(user=request.user),
        "digest": bound.get("digest") or DigestForm(user=request.user),
        "pause": bound.get("pause") or PauseForm(),
        "paused_until": pauses.until_of(request.user),
        "next_digest": digests.next_of(request.user),
        "unasked": [kind for kind in kinds.choosable() if kind.is_unasked],
        "zone": timezone.get_current_timezone_name(),
    }
    return render(request, "postbox/notifications.html", context, status=422 if bound else 200)
