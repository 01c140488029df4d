"""What a person may do with their own data: look, take it along, leave."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.forms import EraseForm
from accounts.limits import TooMany, hit
from accounts.requests import PersonRequest
from accounts.services import erase_person, export_person

ERASE_TRIES, ERASE_WINDOW = 10, timedelta(hours=1)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def data(request: PersonRequest) -> HttpResponse:
    """My data: the download, and the form that erases it all."""
    form = EraseForm(request.POST or None, user=request.user)
    if request.method == "POST":
        try:
            hit(scope="erase", key=str(request.user.pk), limit=ERASE_TRIES, per=ERASE_WINDOW)
        except TooMany:
            form.add_error(None, _("That was tried too often. Please come back in an hour."))
            return render(request, "accounts/data.html", {"form": form}, status=429)
        if form.is_valid():
            return _leave(request)
    return render(request, "accounts/data.html", {"form": form}, status=422 if form.errors else 200)


def _leave(request: PersonRequest) -> HttpResponse:
    user = request.user
    logout(request)
    erase_person(user=user)
    messages.success(request, _("You have left, and what was yours is gone. Thank you for having been here."))
    return redirect("/")


@login_required
@require_GET
def download(request: PersonRequest) -> HttpResponse:
    """Everything about the one who asks, as a file."""
    response = JsonResponse(export_person(user=request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="groundswell-my-data.json"'
    return response
