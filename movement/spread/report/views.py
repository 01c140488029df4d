"""The report: for allies to read and to print, for stewards to arrange. All figures are read as they were told."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import is_steward
from movement.editing import ChangedMeanwhile, Difference, meanwhile
from movement.permissions import AllyRequest, ally_required
from movement.spread.report.forms import ReportForm
from movement.spread.report.models import SpreadReport
from movement.spread.report.queries import figures_for
from movement.spread.report.sections import placed
from movement.spread.report.services import write_report


@ally_required
@require_safe
def spread_report(request: AllyRequest) -> HttpResponse:
    report = SpreadReport.current()
    context = {
        "report": report,
        "parts": placed(report.chosen),
        "may_edit": is_steward(request.user),
        **figures_for(report.chosen),
    }
    return render(request, "movement/spread/report/spread_report.html", context)


@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_spread_report(request: AllyRequest) -> HttpResponse:
    if not is_steward(request.user):
        raise Http404

    def make(sent: QueryDict | None) -> ReportForm:
        return ReportForm(sent, report=SpreadReport.current(), name=request.ally.shown_name)

    form, differences = make(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        try:
            write_report(by=request.ally, edition=form.cleaned_data["edition"], **form.values())
        except ChangedMeanwhile:
            form, differences = meanwhile(make, request.POST, edition=SpreadReport.current().edition)
        else:
            messages.success(request, _("Saved. This is how it prints now."))
            return redirect("movement:spread_report")
    return _form_page(request, form, differences)


def _form_page(request: HttpRequest, form: ReportForm, differences: list[Difference] | None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "differences": differences, "report": SpreadReport.current()}
    status = 409 if differences is not None else 422 if form.errors else 200
    return render(request, "movement/spread/report/edit_spread_report.html", context, status=status)
