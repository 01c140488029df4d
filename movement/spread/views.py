"""How far it has come: for allies. Everything is read from monthly figures; nothing is computed from events here."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from movement.allies.models import Ally, Unit
from movement.permissions import AllyRequest, ally_required
from movement.spread import charts, figures
from movement.spread.milestones import milestones
from movement.spread.models import UnitSnapshot
from movement.spread.stages import NAMES, RULES, Stage, standing


@ally_required
@require_safe
def spread(request: AllyRequest) -> HttpResponse:
    found, points = figures.latest(), figures.growth()
    now = standing(found, has_allies=True)
    context = {
        "figures": found,
        "standing": now,
        "steps": [{"stage": stage, "name": NAMES[stage], "rule": RULES[stage]} for stage in Stage if stage],
        "points": points,
        "growth_picture": charts.picture(charts.GROWTH),
        "milestones": milestones(points),
    }
    return render(request, "movement/spread/spread.html", context)


@ally_required
@require_safe
def spread_unit(request: AllyRequest, slug: str) -> HttpResponse:
    """One unit's own months, with small numbers hidden in each of them."""
    unit = get_object_or_404(Unit.objects.select_related("parent"), slug=slug)
    snapshots = UnitSnapshot.objects.filter(unit=unit).order_by("-month")[:36]
    months = [
        (snapshot.month, figures.UnitFigures(unit, figures.safety.publish(snapshot.allies), snapshot.headcount))
        for snapshot in snapshots
    ]
    open_allies = Ally.objects.visible_to(request.user).open().filter(unit=unit).order_by("name")[:12]
    return render(
        request, "movement/spread/spread_unit.html", {"unit": unit, "months": months, "open_allies": open_allies}
    )
