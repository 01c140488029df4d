"""Who serves whom, by unit. Everything is read from what the worker prepared."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from movement.allies.models import Unit
from movement.permissions import AllyRequest, ally_required
from movement.personas.models import PersonaCard
from movement.personas.service_map import links_of, whole_map

SHOWN = 8


@ally_required
@require_safe
def service_map(request: AllyRequest) -> HttpResponse:
    return render(request, "movement/personas/service_map.html", {"map": whole_map(), "mine": request.ally.unit})


@ally_required
@require_safe
def service_map_unit(request: AllyRequest, slug: str) -> HttpResponse:
    """“We serve …, we are served by …”, and cards that say how, of those that I may read anyway."""
    unit = get_object_or_404(Unit.objects.choosable(), slug=slug)
    cards = PersonaCard.objects.visible_to(request.user).filter(unit=unit).at_hand().newest_first()[:SHOWN]
    context = {"unit": unit, "links": links_of(unit), "cards": list(cards), "me": request.ally}
    return render(request, "movement/personas/service_map_unit.html", context)
