"""Blocking an ally, letting go of it, and asking the stewards to look at how somebody behaves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import TooMany
from movement.allies.blocks import Block, block, let_go
from movement.allies.models import Ally
from movement.introductions.forms import ReportForm
from movement.introductions.queries import standing_between
from movement.introductions.reports import report
from movement.permissions import AllyRequest, ally_required

FORM_METHODS = ["GET", "HEAD", "POST"]


def _other(request: AllyRequest, number: int) -> Ally:
    others = Ally.objects.visible_to(request.user).exclude(pk=request.ally.pk)
    return get_object_or_404(others, public_id=number)


@ally_required
@require_http_methods(FORM_METHODS)
def block_ally(request: AllyRequest, id: int) -> HttpResponse:
    """Asks first, and says what it does."""
    other = _other(request, id)
    if request.method == "POST":
        block(by=request.ally, other=other)
        messages.success(request, _("Done. Neither of you meets the other here any more, and they are not told."))
        return redirect("movement:blocks")
    return render(request, "movement/introductions/block.html", {"ally": other})


@ally_required
@require_safe
def blocks(request: AllyRequest) -> HttpResponse:
    context = {"blocks": Block.objects.visible_to(request.user).order_by("-at")}
    return render(request, "movement/introductions/blocks.html", context)


@ally_required
@require_http_methods(FORM_METHODS)
def unblock(request: AllyRequest, id: int) -> HttpResponse:
    found = get_object_or_404(Block.objects.visible_to(request.user).select_related("blocked"), pk=id)
    if request.method == "POST":
        let_go(block=found)
        messages.success(request, _("Let go. If they still appear as they did, you can meet again."))
        return redirect("movement:blocks")
    return render(request, "movement/introductions/unblock.html", {"kept": found})


@ally_required
@require_http_methods(FORM_METHODS)
def report_ally(request: AllyRequest, id: int) -> HttpResponse:
    """To the stewards, with the note that came from them, if one did."""
    other = _other(request, id)
    seen = standing_between(request.ally, other)
    quote = seen.their_words if seen else ""
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            report(about=other, by=request.ally, reason=form.cleaned_data["reason"], quote=quote)
        except TooMany:
            form.add_error(None, _("That is enough for one day. What you sent before is with the stewards."))
        else:
            if form.cleaned_data["also_block"]:
                block(by=request.ally, other=other)
            messages.success(request, _("Thank you. A steward will look at it; the other is not told who wrote."))
            return redirect("movement:introductions")
    context = {"form": form, "ally": other, "quote": quote}
    return render(request, "movement/introductions/report.html", context, status=422 if form.errors else 200)
