"""Subscribing, confirming (page, then button), choosing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.limits import TooMany, network_of
from accounts.tokens import BadToken
from content.subscriptions import services
from content.subscriptions.forms import SubscribeForm, TopicsForm
from postbox import unsubscribing
from ui.views import too_many_requests

TEMPLATES = "content/subscriptions"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    form = SubscribeForm(request.POST or None)
    piece = "_piece" if request.headers.get("HX-Request") else ""
    if request.method == "POST" and form.is_valid():
        if not form.is_a_machine:
            try:
                services.subscribe(email=form.cleaned_data["email"], network=network_of(request))
            except TooMany:
                return too_many_requests(request)
        return render(request, f"{TEMPLATES}/subscribe_sent{piece}.html", {"email": form.cleaned_data["email"]})
    return render(
        request, f"{TEMPLATES}/subscribe{piece}.html", {"form": form}, status=422 if form.errors and not piece else 200
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_subscription(request: HttpRequest, token: str) -> HttpResponse:
    try:
        subscriber = services.waiting(token)
    except BadToken as bad:
        return render(request, f"{TEMPLATES}/bad_link.html", {"reason": bad.reason}, status=400)
    if subscriber is None:
        return render(request, f"{TEMPLATES}/bad_link.html", {"reason": "ended"}, status=410)
    if request.method == "POST":
        services.confirm(subscriber=subscriber)
        subscriber.refresh_from_db()
    context = {"subscriber": subscriber, "manage_url": services.manage_url(subscriber)}
    return render(request, f"{TEMPLATES}/confirm_subscription.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage_subscription(request: HttpRequest, token: str) -> HttpResponse:
    try:
        subscriber = services.managed(token)
    except BadToken as bad:
        return render(request, f"{TEMPLATES}/bad_link.html", {"reason": bad.reason}, status=400)
    if subscriber is None:
        return render(request, f"{TEMPLATES}/bad_link.html", {"reason": "ended"}, status=410)
    form = TopicsForm(request.POST or None, initial={"topics": subscriber.topics.all()})
    if request.method == "POST" and form.is_valid():
        services.choose(subscriber=subscriber, topics=form.cleaned_data["topics"])
        messages.success(request, _("Your choice is kept."))
        return redirect(request.path)
    stop_url = unsubscribing.link("subscription", id=subscriber.pk)
    return render(request, f"{TEMPLATES}/manage_subscription.html", {"form": form, "stop_url": stop_url})
