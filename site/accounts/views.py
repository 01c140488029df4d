"""What a person may do with their own data: take it along, leave, and come back in time."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import leaving, packing
from accounts.forms import EraseForm
from accounts.limits import TooMany, hit
from accounts.requests import PersonRequest

ERASE_TRIES, ERASE_WINDOW = 10, timedelta(hours=1)
PARCELS, PARCEL_WINDOW = 5, timedelta(days=1)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def data(request: PersonRequest) -> HttpResponse:
    """My data: what can be taken along, and the form that closes the account."""
    form = EraseForm(request.POST or None, user=request.user)
    if request.method == "POST":
        try:
            hit(scope="erase", key=str(request.user.pk), limit=ERASE_TRIES, per=ERASE_WINDOW)
        except TooMany:
            form.add_error(None, _("That was tried too often. Please come back in an hour."))
            return _shown(request, form, status=429)
        if form.is_valid():
            return _leave(request, form.asked_for)
    return _shown(request, form, status=422 if form.errors else 200)


def _shown(request: PersonRequest, form: EraseForm, status: int) -> HttpResponse:
    parcel = packing.latest(request.user)
    token = packing.token_of(parcel) if parcel and parcel.until else ""
    return render(request, "accounts/data.html", {"form": form, "parcel": parcel, "token": token}, status=status)


def _leave(request: PersonRequest, asked_for: set[str]) -> HttpResponse:
    user = request.user
    left = leaving.leave(user=user, asked_for=asked_for)
    logout(request)
    return render(request, "accounts/left.html", {"leaving": left})


@login_required
@require_POST
def pack(request: PersonRequest) -> HttpResponse:
    """Have everything about me packed."""
    try:
        hit(scope="parcel", key=str(request.user.pk), limit=PARCELS, per=PARCEL_WINDOW)
    except TooMany:
        messages.error(request, _("That was asked for often enough today. Please come back tomorrow."))
    else:
        packing.ask(user=request.user)
    return redirect("accounts:data")


@login_required
@require_safe
def download(request: PersonRequest, token: str) -> HttpResponseBase:
    """My parcel; for anybody else, and after its day, there is nothing here."""
    parcel = packing.find(token=token, user=request.user)
    if parcel is None:
        raise Http404
    response = FileResponse(parcel.file.open("rb"), as_attachment=True, filename="groundswell-my-data.zip")
    response["Cache-Control"] = "private, no-store"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: HttpRequest, token: str) -> HttpResponse:
    """The way back of somebody who was about to leave."""
    found = leaving.find(token)
    if found is not None and request.method != "POST":
        return render(request, "accounts/stay.html", {"leaving": found})
    if found is None or not leaving.stay(leaving=found):
        return render(request, "accounts/stay.html", status=404)
    return render(request, "accounts/stay.html", {"stays": True})
