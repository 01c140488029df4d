"""Subscribing, confirming (page, then button), choosing."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.limits import network_of
from accounts.models import SignupPolicy, User
from accounts.requests import PersonRequest
from accounts.services import verified_address
from content.asking import answer, ask, behind_link, looked_at_or_pressed
from content.subscriptions import choosing, services
from content.subscriptions.forms import ChoiceForm, SubscribeForm, as_chosen
from content.subscriptions.models import Subscriber
from content.wishes import services as wishes
from postbox import addresses, discretion

TEMPLATES = "content/subscriptions"
BAD_LINK = f"{TEMPLATES}/bad_link.html"


@never_cache
@looked_at_or_pressed
def subscribe(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated and verified_address(request.user):
        return subscribe_signed_in(request)
    form = SubscribeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email, choice = form.cleaned_data["email"], form.choice
        refusal = ask(
            request, form, do=lambda: services.subscribe(email=email, network=network_of(request), choice=choice)
        )
        return refusal or answer(request, f"{TEMPLATES}/subscribe_sent", email=email)
    return answer(request, f"{TEMPLATES}/subscribe", form=form)


def subscribe_signed_in(request: HttpRequest) -> HttpResponse:
    """One press of the button is enough: their address was confirmed when they came."""
    assert request.user.is_authenticated  # the caller has looked
    mine = services.of_user(request.user)
    if request.method == "POST" and mine is None:
        mine = services.subscribe_as(user=request.user, choice=choosing.Choice())
    what = choosing.in_words(mine) if mine else ""
    return answer(request, f"{TEMPLATES}/subscribe", form=None, mine=mine, what=what)


@behind_link(services.waiting, bad=BAD_LINK)
def confirm_subscription(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    if request.method == "POST":
        services.confirm(subscriber=subscriber)
        subscriber.refresh_from_db()
    context = {
        "subscriber": subscriber,
        "what": choosing.in_words(subscriber),
        "address": addresses.masked(subscriber.email),
        "manage_url": services.manage_url(subscriber),
        "join_url": join_url(request, subscriber),
    }
    return render(request, f"{TEMPLATES}/confirm_subscription.html", context)


def join_url(request: HttpRequest, subscriber: Subscriber) -> str:
    """Where they become an ally, with the address filled in; nothing for whom the policy would turn away."""
    policy = SignupPolicy.current()
    if request.user.is_authenticated or not (policy.admits(request) and policy.admits_address(subscriber.email)):
        return ""
    return f"{reverse('account_signup')}?{urlencode({'email': subscriber.email})}"


@behind_link(services.managed, bad=f"{TEMPLATES}/bad_manage_link.html")
def manage_subscription(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    form = ChoiceForm(request.POST if request.method == "POST" else None, initial=as_chosen(subscriber))
    if request.method == "POST" and form.is_valid():
        services.choose(subscriber=subscriber, choice=form.choice)
        messages.success(request, _("Your choice is kept."))
        return redirect(request.path)
    return answer(request, f"{TEMPLATES}/manage_subscription", form=form, **about(subscriber))


def about(subscriber: Subscriber) -> dict[str, object]:
    """What the pages of somebody's choices show beside the form."""
    waits = wishes.of_address(subscriber.email)
    return {
        "address": addresses.masked(subscriber.email),
        "stop_url": services.stop_url(subscriber),
        "waits": [(wish.part, wishes.stop_url(wish)) for wish in waits],
    }


def as_at_first(user: User) -> dict[str, object]:
    """What the boxes show somebody who has signed in and subscribes to nothing yet."""
    return {
        "articles": "all",
        "timezone": user.timezone or settings.TIME_ZONE,
        "discreet": discretion.is_discreet(user.email),
    }


@login_required
@never_cache
@looked_at_or_pressed
def my_subscription(request: PersonRequest) -> HttpResponse:
    """The same choices, for the address that one signs in with; no link in a mail is needed."""
    mine = services.of_user(request.user)
    initial = as_chosen(mine) if mine else as_at_first(request.user)
    form = ChoiceForm(request.POST if request.method == "POST" else None, initial=initial)
    # Their zone is a setting of the account.
    del form.fields["timezone"]
    if request.method == "POST" and form.is_valid():
        if services.subscribe_as(user=request.user, choice=form.choice) is None:
            messages.error(request, _("Please confirm your address first: nothing comes to one that is not confirmed."))
            return redirect("account_email")
        messages.success(request, _("Your choice is kept."))
        return redirect("content:my_subscription")
    rest = about(mine) if mine else {}
    return answer(request, f"{TEMPLATES}/my_subscription", form=form, mine=mine, **rest)
