"""The two ends of a card: asking, answering, parting, rating, and what changed when."""

from itertools import zip_longest

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.limits import TooMany
from movement.actions.views import posted
from movement.allies.models import Ally
from movement.permissions import AllyRequest, ally_required
from movement.personas import tying
from movement.personas.forms import AskForm, nobody
from movement.personas.models import PersonaCard
from movement.personas.naming import known_names
from movement.personas.ratings import Mark, NotTogether, RatedAlready, rate
from movement.personas.seeing import changes, history, seen
from movement.personas.ties import Tie
from movement.personas.views import FORM_METHODS, enough_for_today, nobody_to_show


@ally_required
@require_safe
def known_allies(request: AllyRequest) -> HttpResponse:
    """Names that begin as what is being typed, of whom I can see."""
    typed = request.GET.get("ally", "").replace("\x00", "")
    context = {"allies": known_names(typed, viewer=request.ally)}
    return render(request, "movement/personas/known_allies.html", context)


@ally_required
@require_http_methods(FORM_METHODS)
def ask_other_end(request: AllyRequest, id: int) -> HttpResponse:
    """Tie a card of mine to the ally it is about."""
    card = get_object_or_404(PersonaCard.objects.select_related("owner__user"), pk=id, owner=request.ally)
    if Tie.objects.standing().filter(card=card).exists():
        return redirect(card)
    form = AskForm(posted(request), owner=request.ally)
    if request.method == "POST" and form.is_valid() and form.found and _asked(form, card, form.found):
        messages.success(request, _("They are asked whether it is right. Once, and nobody is hurried."))
        return redirect(card)
    context = {"form": form, "card": card, "me": request.ally}
    return render(request, "movement/personas/ask_other_end.html", context, status=422 if form.errors else 200)


def _asked(form: AskForm, card: PersonaCard, ally: Ally) -> bool:
    try:
        tying.ask(card=card, ally=ally)
    except (tying.NotThere, tying.Themselves):
        form.add_error("ally", nobody())
    except tying.NobodyToShow:
        form.add_error("ally", nobody_to_show())
    except TooMany:
        form.add_error("ally", enough_for_today())
    except tying.TiedAlready:
        return True
    return not form.errors


@ally_required
@require_POST
def untie_persona(request: AllyRequest, id: int) -> HttpResponse:
    """I take a card of mine back to myself."""
    card = get_object_or_404(PersonaCard, pk=id, owner=request.ally)
    tying.untie(card=card)
    messages.success(request, _("The card is yours alone again."))
    return redirect(card)


@ally_required
@require_POST
def answer_persona(request: AllyRequest, id: int) -> HttpResponse:
    """With me at the other end: it is right as I have read it, or it is not for me."""
    card = _about_me(request, id)
    try:
        if "decline" in request.POST:
            tying.decline(card=card, by=request.ally)
            messages.success(request, _("That is fine. Nobody is told, and you are not asked about this card again."))
            return redirect("movement:personas")
        edition = request.POST.get("edition", "")
        if not (edition.isascii() and edition.isdigit() and len(edition) < 10):
            raise Http404
        tying.confirm(card=card, by=request.ally, edition=int(edition))
    except tying.NotAtThisEnd:
        raise Http404 from None
    messages.success(request, _("Thank you. Now both ends know it is right."))
    return redirect(card)


@ally_required
@require_POST
def rate_persona(request: AllyRequest, id: int) -> HttpResponse:
    """How it is going this month, from my end."""
    ties = Tie.objects.agreed().visible_to(request.user)
    card = get_object_or_404(PersonaCard.objects.select_related("owner"), pk=id, pk__in=ties.values("card"))
    chosen = request.POST.get("mark", "")
    if chosen not in {str(mark) for mark in Mark.values}:
        messages.warning(request, _("Choose one of the five words first."))
        return redirect(card)
    try:
        rating = rate(card=card, by=request.ally, mark=int(chosen))
    except RatedAlready:
        messages.warning(request, _("You have answered for this month already. The next one begins on the first."))
    except NotTogether:
        raise Http404 from None
    else:
        month = date_format(rating.month, "F")
        messages.success(request, _("Kept for %(month)s. Nobody but the two of you sees it.") % {"month": month})
    return redirect(card)


@ally_required
@require_safe
def persona_history(request: AllyRequest, id: int) -> HttpResponse:
    """For the two: who changed what, and when."""
    mine = PersonaCard.objects.filter(owner=request.ally)
    about_me = PersonaCard.objects.filter(pk__in=Tie.objects.offered_to(request.user).values("card"))
    card = get_object_or_404((mine | about_me).at_hand(), pk=id)
    versions = history(card, request.ally)
    steps = [
        {"version": after, "changes": list(changes(before, after)) if before else []}
        for after, before in zip_longest(versions, versions[1:])
    ]
    context = {"card": card, "seen": seen(card, request.ally), "steps": steps, "me": request.ally}
    return render(request, "movement/personas/persona_history.html", context)


def _about_me(request: AllyRequest, id: int) -> PersonaCard:
    cards = Tie.objects.offered_to(request.user).values("card")
    return get_object_or_404(PersonaCard.objects.select_related("owner__user"), pk=id, pk__in=cards)
