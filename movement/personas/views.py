"""Persona cards: mine, those with me at the other end and the shown ones, the four-line form, the card itself."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import TooMany
from movement.actions.views import posted
from movement.allies.models import Ally
from movement.editing import ChangedMeanwhile, Difference, meanwhile
from movement.permissions import AllyRequest, ally_required
from movement.personas import gap_picture, naming, tying
from movement.personas.forms import ChangeForm, CorrectForm, NewPersonaForm, nobody
from movement.personas.lists import own_cards, shown_cards, tied_cards, with_ties
from movement.personas.models import End, PersonaCard
from movement.personas.ratings import Mark
from movement.personas.seeing import seen
from movement.personas.services import change_card, correct_card, delete_card, write_card
from movement.personas.ties import Tie

FORM_METHODS = ["GET", "HEAD", "POST"]


@ally_required
@require_safe
def personas(request: AllyRequest) -> HttpResponse:
    asked = request.GET
    mine = own_cards(viewer=request.user, after=asked.get("mine_after", ""))
    with_ties(mine.cards, viewer=request.user)
    context = {
        "mine": mine,
        "tied": tied_cards(viewer=request.user),
        "shown": shown_cards(viewer=request.user, after=asked.get("after", "")),
        "me": request.ally,
    }
    return render(request, "movement/personas/personas.html", context)


@ally_required
@require_http_methods(FORM_METHODS)
def new_persona(request: AllyRequest) -> HttpResponse:
    """`?end=served` is for what I rely on, `?ally=` begins it from the page of who is at the other end."""
    end = End.SERVED if request.GET.get("end") == End.SERVED else End.SERVER
    form = NewPersonaForm(posted(request), owner=request.ally, end=end, initial=_begun_with(request, end))
    if request.method == "POST" and form.is_valid() and (card := _written(form, request.ally, end)):
        messages.success(request, _said(card, form))
        return redirect(card)
    context = {"form": form, "me": request.ally, "end": end}
    return render(request, "movement/personas/new_persona.html", context, status=422 if form.errors else 200)


def _begun_with(request: AllyRequest, end: End) -> dict[str, Any]:
    number = request.GET.get("ally", "")
    if not number:
        return {}
    ally = naming.ally_numbered(number, viewer=request.ally)
    if ally is None:
        raise Http404
    begun: dict[str, Any] = {"ally": ally.shown_name, "number": ally.public_id, "unit": ally.shown_place}
    if end == End.SERVER:
        begun |= {"name": (ally.shown_name or "").partition(" ")[0], "role": ally.shown_role}
    return begun


def _written(form: NewPersonaForm, owner: Ally, end: End) -> PersonaCard | None:
    """None with the reason in the form, and nothing written."""
    try:
        return write_card(owner=owner, end=end, ally=form.found, **form.lines())
    except (tying.NotThere, tying.Themselves):
        form.add_error("ally", nobody())
    except tying.NobodyToShow:
        form.add_error("ally", nobody_to_show())
    except TooMany:
        form.add_error("ally", enough_for_today())
    return None


def nobody_to_show() -> str:
    return _(
        "Nobody would know from whom it comes: you are counted, never shown. Leave it empty, or change that first."
    )


def enough_for_today() -> str:
    return _("You have asked enough people for one day. Leave this empty, and ask tomorrow from the card.")


def _said(card: PersonaCard, form: NewPersonaForm) -> str:
    if form.found:
        return _("The card is written, and %(name)s is asked whether it is right. Once, and nobody is hurried.") % {
            "name": form.found.shown_name
        }
    if card.is_by_server:
        return _("The card is written. Show it to %(name)s when you can.") % {"name": card.name}
    return _("The card is written. Show it to those you rely on when you can.")


@ally_required
@require_safe
def persona(request: AllyRequest, id: int) -> HttpResponse:
    card = get_object_or_404(PersonaCard.objects.visible_to(request.user).at_hand(), pk=id)
    found = seen(card, request.ally)
    context = {
        "card": card,
        "seen": found,
        "me": request.ally,
        "columns": gap_picture.columns(found.months),
        "levels": gap_picture.levels(),
        "marks": Mark.choices,
    }
    return render(request, "movement/personas/persona.html", context)


@ally_required
@require_http_methods(FORM_METHODS)
def edit_persona(request: AllyRequest, id: int) -> HttpResponse:
    """Its owner changes anything; whoever is at the other end corrects the lines, and so agrees to them."""
    card = _mine_or_about_me(request, id)
    form, differences = _form(card, request.ally, posted(request)), None
    if request.method == "POST" and form.is_valid():
        try:
            return _saved(request, card, form)
        except ChangedMeanwhile:
            now = _mine_or_about_me(request, id)
            form, differences = _over(now, request)
    context = {"form": form, "me": request.ally, "card": card, "id": id, "differences": differences}
    status = 409 if differences is not None else 422 if form.errors else 200
    return render(request, "movement/personas/edit_persona.html", context, status=status)


def _mine_or_about_me(request: AllyRequest, id: int) -> PersonaCard:
    cards = PersonaCard.objects.filter(owner=request.ally) | PersonaCard.objects.filter(
        pk__in=Tie.objects.offered_to(request.user).values("card")
    )
    return get_object_or_404(cards.select_related("owner__user", "unit"), pk=id)


def _form(card: PersonaCard, me: Ally, sent: QueryDict | None) -> ChangeForm | CorrectForm:
    return ChangeForm(sent, instance=card) if card.owner_id == me.pk else CorrectForm(sent, instance=card)


def _over(card: PersonaCard, request: AllyRequest) -> tuple[ChangeForm | CorrectForm, list[Difference]]:
    return meanwhile(lambda sent: _form(card, request.ally, sent), request.POST, edition=card.edition)


def _saved(request: AllyRequest, card: PersonaCard, form: ChangeForm | CorrectForm) -> HttpResponse:
    edition = form.cleaned_data["edition"]
    if card.owner_id == request.ally.pk:
        off_table = form.cleaned_data.get("off_table", False)
        change_card(card=card, edition=edition, off_table=off_table, **form.lines())
        messages.success(request, _("Saved."))
        return redirect(card)
    try:
        correct_card(card=card, by=request.ally, edition=edition, **form.lines())
    except tying.NotAtThisEnd:
        raise Http404 from None
    messages.success(request, _("Thank you. The card says it your way now, and who wrote it is told."))
    return redirect(card)


@ally_required
@require_http_methods(FORM_METHODS)
def delete_persona(request: AllyRequest, id: int) -> HttpResponse:
    card = get_object_or_404(PersonaCard, pk=id, owner=request.ally)
    if request.method == "POST":
        delete_card(card=card)
        messages.success(request, _("The card is gone."))
        return redirect("movement:personas")
    return render(request, "movement/personas/delete_persona.html", {"card": card})
