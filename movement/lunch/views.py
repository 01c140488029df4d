"""Lunch: my wish and what came of it, one lunch with its question, and its file for the calendar."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from movement.lunch import letters, queries, services
from movement.lunch.forms import LunchForm, MetForm
from movement.lunch.models import LunchWish, Met
from movement.lunch.queries import Table
from movement.permissions import AllyRequest, ally_required
from postbox import calendars

FORM_METHODS = ["GET", "HEAD", "POST"]


@ally_required
@require_http_methods(FORM_METHODS)
def lunch(request: AllyRequest) -> HttpResponse:
    """How it works, my wish, and my lunches. Whoever is quiet is told what it takes."""
    wish = LunchWish.objects.visible_to(request.user).select_related("ally").first()
    form = LunchForm(request.POST if request.method == "POST" else None, ally=request.ally, wish=wish)
    if request.method == "POST" and form.is_valid():
        try:
            services.take_part(ally=request.ally, **form.cleaned_data)
        except services.NobodyToShow:
            form.add_error(None, _("Whoever sits opposite should know whom they meet. Choose a name to show first."))
        else:
            messages.success(request, _("Kept. You hear by mail, a few days ahead, with whom it is."))
            return redirect("movement:lunch")
    tables = queries.newest(request.user)
    context = {"form": form, "wish": wish, "me": request.ally, "next": _coming(tables), "past": _past(tables)}
    return render(request, "movement/lunch/lunch.html", context, status=422 if form.errors else 200)


def _coming(tables: list[Table]) -> list[Table]:
    return [table for table in tables if table.others and not table.is_over]


def _past(tables: list[Table]) -> list[Table]:
    return [table for table in tables if table.others and table.is_over]


@ally_required
@require_POST
def leave_lunch(request: AllyRequest) -> HttpResponse:
    services.leave(ally=request.ally)
    messages.success(request, _("You are out. Come back whenever you are hungry."))
    return redirect("movement:lunch")


@ally_required
@require_http_methods(FORM_METHODS)
def lunch_with(request: AllyRequest, id: int) -> HttpResponse:
    """One lunch of mine; a POST answers the one question afterwards."""
    table = _table(request, id)
    form = MetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.say(seat=table.seat, met=Met(form.cleaned_data["met"]))
        messages.success(request, _("Thank you. Nobody else sees your answer."))
        return redirect(table.seat)
    return render(request, "movement/lunch/lunch_with.html", {"table": table, "me": request.ally})


@ally_required
@require_safe
def lunch_ics(request: AllyRequest, id: int) -> HttpResponse:
    return calendars.answer(letters.ics(_table(request, id)), file="lunch.ics")


def _table(request: AllyRequest, number: int) -> Table:
    table = queries.one(request.user, number)
    if table is None or not table.others:
        raise Http404
    return table
