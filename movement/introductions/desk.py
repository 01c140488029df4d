"""The stewards' desk in the CMS for what allies report of one another."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import is_steward
from movement.introductions import reports
from movement.introductions.reports import Report, ReportQuerySet

MOST, LONGEST_WHY = 50, 200


class WhyForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Reason, told to the one it is about"),
        max_length=LONGEST_WHY,
        error_messages={"required": gettext_lazy("Say why: they get to read it.")},
    )


def waiting(user: Any) -> ReportQuerySet:
    """What is reported of others than oneself. Raises Http404 for whoever is no steward."""
    if not is_steward(user):
        raise Http404
    return Report.objects.open().exclude(about__user_id=user.pk)


@require_safe
def open_reports(request: HttpRequest) -> HttpResponse:
    found = waiting(request.user).select_related("about", "by").order_by("at")
    context = {"found": found[:MOST], "form": WhyForm(), "header_title": _("Reports")}
    return render(request, "movement/cms/reports.html", context)


@require_POST
def judge_report(request: HttpRequest, number: int) -> HttpResponse:
    """Let it be, or take introductions from them for a while, with a reason."""
    found = get_object_or_404(waiting(request.user).select_related("about__user"), pk=number)
    form = WhyForm(request.POST)
    if "let_be" in request.POST:
        reports.let_be(found=found)
        messages.success(request, _("Settled. Nobody is told."))
    elif form.is_valid():
        reports.halt(found=found, why=form.cleaned_data["why"])
        messages.success(request, _("They write to nobody new for twelve weeks, and are told why."))
    else:
        messages.error(request, str(form.errors["why"][0]))
    return redirect("reports_cms:open_reports")
