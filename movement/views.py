"""Today."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import is_steward
from content.settings import OrganisationSettings
from movement import today as registry
from movement.allies.steps import take_step
from movement.checklist import marks
from movement.permissions import AllyRequest, ally_required


@ally_required
@require_safe
def today(request: AllyRequest) -> HttpResponse:
    """One thing to do now, the next meeting, and the rows that the other parts bring."""
    me = request.ally
    step = registry.next_step(me)
    asides, below, rows = (registry.gather(me, place) for place in ("aside", "below", "row"))
    context = {
        "me": me,
        "greeting": _greeting(),
        "now": timezone.localtime(),
        "step": step,
        "act": None if step else next(iter(registry.gather(me, "act")), None),
        "in_short": registry.in_short(asides, rows),
        "below": below,
        "asides": asides,
        "rows": rows,
        "checklist": marks(OrganisationSettings.load(request_or_site=request)) if is_steward(request.user) else [],
    }
    return render(request, "movement/today/today.html", context)


@ally_required
@require_POST
def step(request: AllyRequest, name: str) -> HttpResponse:
    """Say of a first step that it is done, or not for me."""
    found = next((step for step in registry.steps() if step.name == name), None)
    if found is None:
        raise Http404
    if found.say and "did" in request.POST:
        found.say(request.ally)
    else:
        take_step(ally=request.ally, name=name)
    return redirect("movement:today")


def _greeting() -> str:
    """By the clock of the one who reads (the middleware has set their zone)."""
    hour = timezone.localtime().hour
    if 4 <= hour < 12:
        return _("Good morning")
    return _("Good afternoon") if 12 <= hour < 18 else _("Good evening")
