"""My quarter: the rhythm of my weeks, a nudge on Mondays if I like, what was reached, and a hello on Today."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from movement.permissions import AllyRequest, ally_required
from movement.resolve import nudging
from movement.resolve.hellos import Hello
from movement.resolve.nudges import Nudge, NudgeWish
from movement.resolve.proposing_hellos import settle
from movement.resolve.rhythm import rhythm_of
from movement.resolve.suggesting import find, note_url
from movement.resolve.timeline import timeline
from postbox.models import Pause


@ally_required
@require_safe
def rhythm(request: AllyRequest) -> HttpResponse:
    pause = Pause.objects.filter(user=request.user).first()
    context = {
        "rhythm": rhythm_of(request.ally, pause=pause),
        "wish": NudgeWish.objects.filter(ally=request.ally).first(),
    }
    return render(request, "movement/resolve/rhythm.html", context)


@ally_required
@require_POST
def choose_nudges(request: AllyRequest) -> HttpResponse:
    if "stop" in request.POST:
        nudging.want_no_nudges(ally=request.ally)
        messages.success(request, _("No more of them. They are here if you ever want them again."))
    else:
        nudging.want_nudges(ally=request.ally)
        messages.success(request, _("One suggestion on Mondays at eight, by your own clock."))
    return redirect("movement:rhythm")


@ally_required
@require_safe
def milestones(request: AllyRequest) -> HttpResponse:
    quarters = timeline(request.ally, timezone.localdate())
    return render(request, "movement/resolve/milestones.html", {"quarters": quarters})


@ally_required
@require_POST
def hello(request: AllyRequest, id: int) -> HttpResponse:
    """Said, or not now. Either way it is gone from Today."""
    settle(hello=get_object_or_404(Hello.objects.visible_to(request.user).open(), pk=id))
    messages.success(request, _("All right. It is off this page."))
    return redirect("movement:today")


@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def nudge(request: AllyRequest, id: int) -> HttpResponse:
    """What was suggested that Monday. Looking at it changes nothing; any of its buttons is an answer."""
    found = get_object_or_404(Nudge.objects.visible_to(request.user).select_related("ally__user"), pk=id)
    suggestion = find(request.ally, found.name)
    if request.method == "POST":
        nudging.answer(nudge=found)
        if "did" in request.POST and suggestion:
            return redirect(note_url(found.name))
        messages.success(request, _("All right. There is another Monday."))
        return redirect("movement:today")
    return render(request, "movement/resolve/nudge.html", {"nudge": found, "suggestion": suggestion})
