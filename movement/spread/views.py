"""How far it has come: for allies, and its top for readers if a steward has opened it. Everything is read as it was
told; nothing is computed from events here."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from content.pagecache import public
from movement.allies.models import Ally, Unit
from movement.permissions import AllyRequest, ally_of, ally_required
from movement.personas import gap_picture
from movement.personas.gap import published
from movement.spread import charts, estimates, files, milestones, publishing, top
from movement.spread.figures import points
from movement.spread.stages import from_told, standing, steps
from movement.spread.story import story

#: What /spread/ reads, in one query.
TOLD = (
    estimates.SPREAD,
    estimates.GROWTH,
    estimates.HEAT,
    estimates.MILES,
    estimates.AHEAD,
    estimates.CARRYING,
    estimates.ROGERS,
    estimates.TIES,
    estimates.STAYING,
    estimates.DOING,
    estimates.IDEAS,
)
OPEN_ONES = 12


@require_safe
def spread(request: HttpRequest) -> HttpResponse:
    """All of it for allies; for anybody else its top, if that is open, and the way in if not."""
    if ally_of(request.user) is None and top.is_open():
        return public(render(request, "movement/spread/spread_top.html", top.figures()))
    return whole_spread(request)


@ally_required
def whole_spread(request: AllyRequest) -> HttpResponse:
    found = estimates.kept(*TOLD)
    told = {name: estimate.told for name, estimate in found.items()}
    page = told.get(estimates.SPREAD)
    ahead, carrying, rogers = estimates.read(found)
    gaps = published()
    context = {
        "month": found[estimates.SPREAD].month if page else None,
        "page": page,
        "standing": from_told(page["standing"]) if page else standing(None, has_allies=True),
        "steps": steps(),
        "points": points(told.get(estimates.GROWTH) or []),
        "heat": _heat(told.get(estimates.HEAT)),
        "ahead": ahead,
        "carrying": carrying,
        "rogers": rogers,
        "gaps": gaps,
        "columns": gap_picture.columns(gaps),
        "levels": gap_picture.levels(),
        "pictures": charts.pictures(*charts.ON_SPREAD),
        "milestones": milestones.from_told(told.get(estimates.MILES) or []),
        "ties": told.get(estimates.TIES),
        "staying": told.get(estimates.STAYING),
        "doing": told.get(estimates.DOING),
        "ideas": told.get(estimates.IDEAS),
    }
    return render(request, "movement/spread/spread.html", context)


def _heat(told: dict[str, Any] | None) -> dict[str, Any] | None:
    """A map of one month is none: the table above says the same."""
    if told is None or len(told["months"]) < 2:
        return None
    now = [(cells[-1][0], name) for name, _slug, cells in told["rows"] if cells[-1][0]]
    share, name = max(now, default=(None, ""))
    months = [date.fromisoformat(month) for month in told["months"]]
    return told | {"months": months, "furthest": (name, share) if share else None}


@ally_required
@require_safe
def spread_unit(request: AllyRequest, slug: str) -> HttpResponse:
    """One unit's own months, with small numbers hidden in each of them; a division's departments."""
    unit = get_object_or_404(Unit.objects.select_related("parent"), slug=slug)
    months = publishing.of_unit(unit)
    division = None if months else publishing.of_division(unit)
    context = {
        "unit": unit,
        "months": months,
        "story": story(months),
        "division": division and division.told(with_departments=True),
        "came_of": unit.came_of.all(),
        "became": unit.became.all(),
        "open_allies": Ally.objects.visible_to(request.user).working_in(unit).order_by("name_key")[:OPEN_ONES],
    }
    return render(request, "movement/spread/spread_unit.html", context)


@ally_required
@require_safe
def spread_figures(request: AllyRequest, name: str) -> HttpResponse:
    """The figures behind a picture, as a CSV file."""
    if name not in files.FILES:
        raise Http404
    return files.answer(f"spread-{name}", files.FILES[name]())


@ally_required
@require_safe
def spread_picture(request: AllyRequest, name: str) -> HttpResponse:
    """A picture as a file, as the worker has drawn it."""
    drawn = charts.png_of(name)
    if drawn is None:
        raise Http404
    response = HttpResponse(drawn, content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="spread-{name}.png"'
    return response


@ally_required
@require_safe
def spread_unit_figures(request: AllyRequest, slug: str) -> HttpResponse:
    unit = get_object_or_404(Unit, slug=slug)
    return files.answer(f"spread-{unit.slug}", files.of_unit(publishing.of_unit(unit)))
