"""Cards to print and to hand on: A6, four to a page, and as a picture."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from movement.permissions import AllyRequest, ally_required
from movement.personas.models import PersonaCard
from movement.personas.paper import WIDTH, height_of, lines_of, sheets

MOST = 200


@ally_required
@require_safe
def print_personas(request: AllyRequest) -> HttpResponse:
    """All of my own, the newest first."""
    cards = list(PersonaCard.objects.filter(owner=request.ally).at_hand().newest_first()[:MOST])
    context = {"sheets": sheets(cards), "title": _("My cards"), "back": "/personas/", "count": len(cards)}
    return render(request, "movement/personas/print_cards.html", context)


@ally_required
@require_safe
def print_persona(request: AllyRequest, id: int) -> HttpResponse:
    """One, four times on a page: for the wall, the other end, the drawer and the pocket."""
    card = get_object_or_404(PersonaCard.objects.visible_to(request.user).at_hand(), pk=id)
    context = {"sheets": sheets([card] * 4), "title": card.name, "back": card.get_absolute_url(), "count": 4}
    return render(request, "movement/personas/print_cards.html", context)


@ally_required
@require_safe
def persona_picture(request: AllyRequest, id: int) -> HttpResponse:
    """The card as an SVG to keep: text as text, colours of its own, nothing from elsewhere."""
    card = get_object_or_404(PersonaCard.objects.visible_to(request.user).at_hand(), pk=id)
    lines = lines_of(card)
    height = height_of(lines)
    context = {"card": card, "lines": lines, "width": WIDTH, "height": height, "ground": height - 96}
    svg = render_to_string("movement/personas/card.svg", context)
    response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="card-{card.pk}.svg"'
    return response
