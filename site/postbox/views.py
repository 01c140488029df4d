from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from accounts.tokens import BadToken
from postbox import addresses, folder, services, unsubscribing
from postbox import health as condition
from postbox.forms import PreferencesForm
from postbox.models import Notification

#: Notifications on a page.
PAGE = 30


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    state = condition.look()
    return JsonResponse(state.as_dict(), status=200 if state.is_well else 503)


@login_required
@require_safe
def notifications(request: PersonRequest) -> HttpResponse:
    return _notifications_page(request, PreferencesForm(user=request.user))


@login_required
@require_POST
def mark_read(request: PersonRequest) -> HttpResponse:
    services.mark_all_read(user=request.user)
    return redirect("postbox:notifications")


@login_required
@require_POST
def preferences(request: PersonRequest) -> HttpResponse:
    form = PreferencesForm(request.POST, user=request.user)
    if not form.is_valid():
        return _notifications_page(request, form, status=422)
    services.prefer(user=request.user, choices=form.choices())
    messages.success(request, _("Saved. From now on we write as you chose."))
    return redirect("postbox:notifications")


def _notifications_page(request: PersonRequest, form: PreferencesForm, status: int = 200) -> HttpResponse:
    mine = Notification.objects.visible_to(request.user).newest_first()
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) <= 18:
        mine = mine.filter(pk__lt=int(before))
    rows = list(mine[: PAGE + 1])
    context = {
        "notes": rows[:PAGE],
        "older": f"?before={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        "has_unread": any(note.read_at is None for note in rows[:PAGE]),
        "form": form,
    }
    return render(request, "postbox/notifications.html", context, status=status)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button; POST stops it, without a cookie, whoever sends it (RFC 8058)."""
    try:
        stoppable, stop = unsubscribing.read(token)
    except BadToken:
        return render(request, "postbox/unsubscribe_wrong.html", status=404)
    if stoppable is not None and request.method == "POST":
        stop()
    context: dict[str, Any] = {"stoppable": stoppable, "done": stoppable is None or request.method == "POST"}
    if stoppable is not None:
        context["address"] = addresses.masked(stoppable.address)
    return render(request, "postbox/unsubscribe.html", context)


@require_safe
@never_cache
def mails(request: HttpRequest) -> HttpResponse:
    _only_in_a_trial()
    return render(request, "postbox/mails.html", {"mails": folder.newest_first()})


@require_safe
@never_cache
def mail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "postbox/mail.html", {"mail": _mail_or_404(name)})


@require_safe
@never_cache
def mail_page(request: HttpRequest, name: str) -> HttpResponse:
    """The mail as its reader's program would show it: in a sandbox, so that nothing in it can act here."""
    response = HttpResponse(_mail_or_404(name).html)
    response._csp_exempt = True  # type: ignore[attr-defined]  # its own policy, stricter but for inline styles
    response["Content-Security-Policy"] = (
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
        "style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"
    )
    return response


def _mail_or_404(name: str) -> folder.KeptMail:
    _only_in_a_trial()
    mail = folder.find(name)
    if mail is None:
        raise Http404
    return mail


def _only_in_a_trial() -> None:
    """These mails hold log-in codes: nobody may read them on a site that others can reach."""
    if not (settings.LOCAL and settings.MAIL_FOLDER):
        raise Http404
