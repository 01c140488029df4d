"""The directory of allies, and one ally's page."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from movement.allies import meeting
from movement.allies.directory import directory
from movement.allies.models import Ally
from movement.allies.narrowing import Wish, newcomers_since
from movement.allies.profiles import profile_seen_by
from movement.permissions import AllyRequest, ally_required


@ally_required
@require_safe
def allies(request: AllyRequest) -> HttpResponse:
    """The directory, filtered as the address says."""
    wish = Wish.asked(request.GET)
    found = directory(viewer=request.ally, wish=wish)
    context = {
        "wish": wish,
        "found": found,
        "me": request.ally,
        "kept": wish.query(),
        "plain_query": wish.without("units").without("divisions").query(),
        "since": newcomers_since(),
    }
    return render(request, "movement/allies/allies.html", context)


@ally_required
@require_safe
def ally(request: AllyRequest, id: int) -> HttpResponse:
    """One visible ally, by public number. A quiet one's page does not exist, not even for stewards."""
    shown = profile_seen_by(request.user, public_id=id)
    if shown is None:
        raise Http404
    context = {"shown": shown, "ally": shown.ally, "me": request.ally}
    return render(request, "movement/allies/ally.html", context)


@ally_required
@require_safe
def meet(request: AllyRequest) -> HttpResponse:
    """People I may like to meet: as a page, or as a piece of the directory."""
    return _proposed(request)


@ally_required
@require_POST
def put_aside(request: AllyRequest, id: int) -> HttpResponse:
    """Do not propose this one again."""
    other = get_object_or_404(Ally.objects.visible_to(request.user).exclude(pk=request.ally.pk), public_id=id)
    meeting.put_aside(me=request.ally, other=other)
    return _proposed(request) if getattr(request, "htmx", None) else redirect("movement:meet")


def _proposed(request: AllyRequest) -> HttpResponse:
    page = "meet_piece" if getattr(request, "htmx", None) else "meet"
    context = {"proposed": meeting.people_to_meet(request.ally), "me": request.ally}
    return render(request, f"movement/allies/{page}.html", context)
