from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.tokens import BadToken
from postbox import addresses, folder, unsubscribing
from postbox import health as condition


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    state = condition.look()
    return JsonResponse(state.as_dict(), status=200 if state.is_well else 503)


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
