"""For stewards: addresses that mail does not reach, and a way to try them again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import is_steward
from postbox.bounces import services
from postbox.bounces.models import Troubled

MOST = 200


@require_safe
def suppressed(request: HttpRequest) -> HttpResponse:
    _stewards_only(request.user)
    found = Troubled.objects.suppressed().order_by("-suppressed_at", "recipient")
    context = {"rows": found[:MOST], "count": found.count(), "header_title": _("Addresses that mail does not reach")}
    return render(request, "postbox/cms/suppressed.html", context)


@require_POST
def let_in_again(request: HttpRequest) -> HttpResponse:
    _stewards_only(request.user)
    services.let_in_again(recipient=request.POST.get("recipient", "")[:64].replace("\x00", ""))
    messages.success(request, _("The next mail goes there again."))
    return redirect("bounces_cms:suppressed")


def _stewards_only(user: Any) -> None:
    if not is_steward(user):
        raise Http404
