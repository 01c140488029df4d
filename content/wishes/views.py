"""Asking to be told of a part (in place, or on a page of its own), and confirming it (page, then button)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.limits import TooMany, network_of
from accounts.services import verified_address
from accounts.tokens import BadToken
from content.pages.series import article_of
from content.pages.sorting import AnnouncedPart
from content.subscriptions.forms import SubscribeForm
from content.wishes import services
from ui.views import too_many_requests

TEMPLATES = "content/wishes"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest, pk: int) -> HttpResponse:
    part = get_object_or_404(AnnouncedPart.objects.select_related("series"), pk=pk)
    if article := article_of(part):
        return redirect(article.get_absolute_url())
    if request.user.is_authenticated and verified_address(request.user):
        return wish_signed_in(request, part)
    form = SubscribeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not form.is_a_machine:
            try:
                services.wish(part=part, email=email, network=network_of(request))
            except TooMany:
                return too_many_requests(request)
        return answer(request, "wish_sent", part=part, email=email)
    return answer(request, "wish", part=part, form=form)


def wish_signed_in(request: HttpRequest, part: AnnouncedPart) -> HttpResponse:
    """One press of the button is enough: their address was confirmed when they came."""
    assert request.user.is_authenticated  # the caller has looked
    if request.method == "POST":
        services.wish_as(part=part, user=request.user)
    mine = services.wish_of(part=part, user=request.user)
    return answer(request, "wish", part=part, mine=mine, stop_url=services.stop_url(mine) if mine else "")


def answer(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    """A piece for htmx, a page for everybody else."""
    piece = "_piece" if request.headers.get("HX-Request") else ""
    form = context.get("form")
    status = 422 if getattr(form, "errors", None) and not piece else 200
    return render(request, f"{TEMPLATES}/{name}{piece}.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_wish(request: HttpRequest, token: str) -> HttpResponse:
    try:
        mine = services.waiting(token)
    except BadToken as bad:
        return render(request, f"{TEMPLATES}/bad_link.html", {"reason": bad.reason}, status=400)
    if mine is None:
        return render(request, f"{TEMPLATES}/bad_link.html", {"reason": "ended"}, status=410)
    if article := article_of(mine.part):
        return redirect(article.get_absolute_url())
    if request.method == "POST":
        services.confirm(wish=mine)
        mine.refresh_from_db()
    context = {"wish": mine, "part": mine.part, "stop_url": services.stop_url(mine)}
    return render(request, f"{TEMPLATES}/confirm_wish.html", context)
