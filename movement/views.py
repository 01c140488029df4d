"""The welcome, and Today."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from accounts.roles import is_steward
from movement import today as registry
from movement.allies.forms import AppearanceForm, taken
from movement.allies.models import Unit
from movement.allies.services import AliasTaken
from movement.allies.steps import steps_put_aside, take_step
from movement.checklist import marks
from movement.invitations.services import SESSION_KEY
from movement.permissions import AllyRequest, ally_of, ally_required
from movement.services import become_ally


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: PersonRequest) -> HttpResponse:
    """First steps of a new ally: name, department, how to be seen. Whoever is one already goes to Today."""
    if ally_of(request.user):
        return redirect("movement:today")
    form = AppearanceForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            become_ally(user=request.user, code=request.session.get(SESSION_KEY, ""), **form.cleaned_data)
        except AliasTaken:
            form.add_error("alias", taken())
        else:
            request.session.pop(SESSION_KEY, None)
            return redirect("movement:today")
    context = {"form": form, "has_units": Unit.objects.exists()}
    return render(request, "movement/welcome/welcome.html", context, status=422 if form.errors else 200)


@ally_required
@require_safe
def today(request: AllyRequest) -> HttpResponse:
    """One thing to do now, the next meeting, and the rows that the other parts bring."""
    me = request.ally
    step = registry.next_step(me, steps_put_aside(me))
    context = {
        "me": me,
        "greeting": _greeting(),
        "now": timezone.localtime(),
        "step": step,
        "act": None if step else next(iter(registry.gather(me, "act")), None),
        "asides": registry.gather(me, "aside"),
        "rows": registry.gather(me, "row"),
        "checklist": marks() if is_steward(request.user) else [],
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
