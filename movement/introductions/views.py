"""Introductions: the list, one of them with its answer, asking for one, and bringing two together."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.limits import TooMany
from movement.allies.models import Ally, AllyQuerySet
from movement.introductions import queries, services
from movement.introductions.forms import AskForm, IntroduceForm, ReachForm
from movement.introductions.models import Introduction
from movement.permissions import AllyRequest, ally_required

FORM_METHODS = ["GET", "HEAD", "POST"]
LONGEST_WORDS, MOST_FOUND = 80, 12


@ally_required
@require_safe
def introductions(request: AllyRequest) -> HttpResponse:
    context = {"found": queries.overview(request.ally), "me": request.ally}
    return render(request, "movement/introductions/introductions.html", context)


@ally_required
@require_http_methods(FORM_METHODS)
def introduction(request: AllyRequest, id: int) -> HttpResponse:
    """One of mine; a POST is my answer to it, "yes" with how I am reached, or "not now"."""
    seen = queries.one(request.ally, id)
    if seen is None:
        raise Http404
    form = ReachForm(request.POST if request.method == "POST" else None, ally=request.ally)
    if request.method == "POST" and _answered(request, seen, form):
        return redirect(seen.introduction)
    context = {"seen": seen, "form": form, "me": request.ally}
    return render(request, "movement/introductions/introduction.html", context, status=422 if form.errors else 200)


def _answered(request: AllyRequest, seen: queries.Seen, form: ReachForm) -> bool:
    try:
        if not seen.is_mine_to_answer:
            raise services.NoLongerOpen
        if "not_now" in request.POST:
            services.say_not_now(introduction=seen.introduction, ally=request.ally)
            messages.success(request, _("That is fine. Nobody is told, and you can still change your mind."))
        elif form.is_valid():
            now = services.say_yes(introduction=seen.introduction, ally=request.ally, reach=form.cleaned_data["reach"])
            both = _("You have both said yes. Here is how to reach each other; it is in your mail as well.")
            messages.success(
                request, both if now.settled_at else _("Thank you. You will hear once both have said yes.")
            )
        else:
            return False
    except services.NoLongerOpen:
        messages.warning(request, _("This introduction is settled already."))
    return True


@ally_required
@require_POST
def take_back(request: AllyRequest, id: int) -> HttpResponse:
    mine = get_object_or_404(Introduction.objects.visible_to(request.user), pk=id, by=request.ally)
    services.take_back(introduction=mine, by=request.ally)
    messages.success(request, _("Taken back. Nothing of it waits for anybody any more."))
    return redirect("movement:introductions")


@ally_required
@require_http_methods(FORM_METHODS)
def ask_introduction(request: AllyRequest, id: int) -> HttpResponse:
    """Write to an ally whom I can see. Whoever is quiet is told what it takes."""
    other = get_object_or_404(_others(request), public_id=id)
    form = AskForm(request.POST if request.method == "POST" else None, ally=request.ally)
    if standing := queries.standing_between(request.ally, other):
        return redirect(standing.introduction)
    if request.method == "POST" and form.is_valid():
        made = _begun(form, lambda: services.ask(by=request.ally, to=other, **form.cleaned_data))
        if made:
            messages.success(request, _("Your note is on its way. Some answer at once, and some are on holiday."))
            return redirect(made)
    context = {
        "form": form,
        "ally": other,
        "me": request.ally,
        "again_on": queries.may_ask_again_on(request.ally, other),
    }
    return render(request, "movement/introductions/ask.html", context, status=422 if form.errors else 200)


@ally_required
@require_http_methods(FORM_METHODS)
def introduce(request: AllyRequest, id: int) -> HttpResponse:
    """Bring this ally together with another, found by name."""
    one = get_object_or_404(_others(request), public_id=id)
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_WORDS]
    chosen = _chosen(request, one)
    form = IntroduceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and chosen:
        note = form.cleaned_data["note"]
        if made := _begun(form, lambda: services.introduce(by=request.ally, one=one, other=chosen, note=note)):
            messages.success(request, _("Both have your note. You hear of it once both have said yes."))
            return redirect(made)
    found = _named(_others(request).exclude(pk=one.pk), words)[:MOST_FOUND] if words else []
    context = {"form": form, "ally": one, "chosen": chosen, "words": words, "found": found, "me": request.ally}
    failed = request.method == "POST"
    return render(request, "movement/introductions/introduce.html", context, status=422 if failed else 200)


def _others(request: AllyRequest) -> AllyQuerySet:
    return Ally.objects.visible_to(request.user).exclude(pk=request.ally.pk).select_related("unit__parent", "user")


def _chosen(request: AllyRequest, one: Ally) -> Ally | None:
    number = request.POST.get("with") or request.GET.get("with", "")
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        return None
    return _others(request).exclude(pk=one.pk).filter(public_id=number).first()


def _named(allies: AllyQuerySet, words: str) -> AllyQuerySet:
    """By the name they show, and nothing else of them."""
    for word in words.split()[:6]:
        by_name = Q(visibility="open", name__icontains=word) | Q(visibility="alias", alias__icontains=word)
        allies = allies.filter(by_name)
    return allies.order_by("name", "public_id")


def _begun(form: Any, begin: Any) -> Introduction | None:
    """What came of it; None with the reason in the form."""
    try:
        return begin()
    except services.NobodyToShow:
        form.add_error(None, _("Nobody would know from whom it comes. Choose to be open, or take an alias, first."))
    except services.AskedLately as lately:
        day = date_format(timezone.localtime(lately.again_on), "j F Y")
        form.add_error(None, _("You wrote to them not long ago. From %(day)s you can again.") % {"day": day})
    except services.KnowEachOther:
        form.add_error(None, _("You have been introduced already."))
    except services.MayNotAsk as asked:
        day = date_format(timezone.localtime(asked.until), "j F Y")
        form.add_error(None, _("A steward has asked you to write to nobody new until %(day)s.") % {"day": day})
    except TooMany:
        form.add_error(None, _("That is enough for one day. There is a tomorrow, and notes keep."))
    return None
