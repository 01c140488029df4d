"""What if: the question, the wait, the answer. Nothing is computed here, and a question costs a POST."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import TooMany
from movement.permissions import AllyRequest, ally_required
from movement.spread import estimates, files
from movement.spread.what_if.answers import answer_of
from movement.spread.what_if.forms import BEGIN, WishForm
from movement.spread.what_if.models import Scenario
from movement.spread.what_if.services import ask, of
from movement.spread.what_if.work import work_out


def page(request: AllyRequest, form: WishForm, scenario: Scenario | None = None, **more: Any) -> HttpResponse:
    """The whole page, or for htmx the form and what is known below it."""
    answer = answer_of(scenario)
    status = more.pop("status", 200)
    context = {
        "form": form,
        "scenario": scenario,
        "answer": answer,
        "picture": mark_safe(scenario.svg) if scenario and scenario.svg else None,  # drawn by our own worker
        **more,
    }
    piece = "piece" if request.headers.get("HX-Request") else "what_if"
    return render(request, f"movement/spread/what_if/{piece}.html", context, status=status)


@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def what_if(request: AllyRequest) -> HttpResponse:
    ahead = estimates.read().ahead
    if request.method != "POST":
        return page(request, WishForm(initial=BEGIN), ahead=ahead)
    form = WishForm(request.POST)
    if ahead is None or not form.is_valid():
        return page(request, form, ahead=ahead, status=422)
    try:
        with transaction.atomic():
            asked = ask(by=request.ally, ahead=ahead, **form.wish)
            if asked.is_new:
                work_out.enqueue(asked.scenario.pk)
    except TooMany:
        form.add_error(None, _("That was a lot of new questions for one hour. Those asked before stay open to you."))
        return page(request, form, ahead=ahead, status=422 if request.headers.get("HX-Request") else 429)
    if not request.headers.get("HX-Request"):
        return redirect(asked.scenario)
    response = page(request, form, asked.scenario, ahead=ahead)
    response["HX-Push-Url"] = asked.scenario.get_absolute_url()
    return response


@ally_required
@require_safe
def what_if_answer(request: AllyRequest, **wish: int) -> HttpResponse:
    """An answer has an address that can be passed on. Where it is not known (any more) it can be asked for."""
    ahead, scenario = found(wish)
    return page(request, WishForm(initial=wish), scenario, ahead=ahead, wish=wish)


@ally_required
@require_safe
def what_if_csv(request: AllyRequest, **wish: int) -> HttpResponse:
    _ahead, scenario = found(wish)
    answer = answer_of(scenario)
    if answer is None or answer.is_too_early:
        raise Http404
    ends = (_("at least"), _("most likely"), _("at most"))
    heading = [
        _("month"),
        *(_("as it goes now: %s") % end for end in ends),
        *(_("with this: %s") % end for end in ends),
    ]
    rows = [
        (f"{then.month:%Y-%m}", now.low, now.middle, now.high, then.low, then.middle, then.high)
        for now, then in ((one.as_now, one.then) for one in answer.months)
    ]
    return files.answer("what-if", [heading, *rows])


def found(wish: dict[str, int]) -> tuple[estimates.Ahead | None, Scenario | None]:
    """The month's estimate and what is known of this question about it; 404 for what nobody can ask."""
    if not WishForm(wish).is_valid():
        raise Http404
    ahead = estimates.read().ahead
    return ahead, Scenario.objects.filter(of=of(ahead), **wish).first() if ahead else None
