"""Asking to be told of a part (in place, or on a page of its own), and confirming it (page, then button)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from accounts.limits import network_of
from accounts.services import verified_address
from content.asking import answer, ask, behind_link, looked_at_or_pressed
from content.pages.series import article_of
from content.pages.sorting import AnnouncedPart
from content.subscriptions.forms import AddressForm
from content.wishes import services
from content.wishes.models import PartWish

TEMPLATES = "content/wishes"


@never_cache
@looked_at_or_pressed
def wish(request: HttpRequest, pk: int) -> HttpResponse:
    part = get_object_or_404(AnnouncedPart.objects.select_related("series"), pk=pk)
    if article := article_of(part):
        return redirect(article.get_absolute_url())
    if request.user.is_authenticated and verified_address(request.user):
        return wish_signed_in(request, part)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        refusal = ask(request, form, do=lambda: services.wish(part=part, email=email, network=network_of(request)))
        return refusal or answer(request, f"{TEMPLATES}/wish_sent", part=part, email=email)
    return answer(request, f"{TEMPLATES}/wish", part=part, form=form)


def wish_signed_in(request: HttpRequest, part: AnnouncedPart) -> HttpResponse:
    """One press of the button is enough: their address was confirmed when they came."""
    assert request.user.is_authenticated  # the caller has looked
    if request.method == "POST":
        services.wish_as(part=part, user=request.user)
    mine = services.wish_of(part=part, user=request.user)
    stop_url = services.stop_url(mine) if mine else ""
    return answer(request, f"{TEMPLATES}/wish", part=part, mine=mine, stop_url=stop_url)


@behind_link(services.waiting, bad=f"{TEMPLATES}/bad_link.html")
def confirm_wish(request: HttpRequest, mine: PartWish) -> HttpResponse:
    if article := article_of(mine.part):
        return redirect(article.get_absolute_url())
    if request.method == "POST":
        services.confirm(wish=mine)
        mine.refresh_from_db()
    context = {"wish": mine, "part": mine.part, "stop_url": services.stop_url(mine)}
    return render(request, f"{TEMPLATES}/confirm_wish.html", context)
