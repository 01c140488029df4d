"""The editors' desk in the CMS for definitions that allies have flagged. They see a name as its owner chose it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import is_editor
from movement.definitions import judging
from movement.definitions.models import LONGEST_REASON, Definition

MOST = 50


class ReasonForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Reason, told to the writer"),
        max_length=LONGEST_REASON,
        error_messages={"required": gettext_lazy("Say why: the writer gets to read it.")},
    )


def editors_only(user: Any) -> None:
    if not is_editor(user):
        raise Http404


@require_safe
def flagged_definitions(request: HttpRequest) -> HttpResponse:
    editors_only(request.user)
    found = Definition.objects.flagged().annotate(times=Count("flags")).select_related("ally").newest_first()
    context = {"found": found[:MOST], "form": ReasonForm(), "header_title": _("Flagged definitions")}
    return render(request, "movement/cms/definitions.html", context)


@require_POST
def judge_definition(request: HttpRequest, number: int) -> HttpResponse:
    """Let it stand, or take it down with a reason."""
    editors_only(request.user)
    found = get_object_or_404(Definition.objects.flagged().select_related("ally__user"), pk=number)
    form = ReasonForm(request.POST)
    if "stand" in request.POST:
        judging.let_stand(definition=found)
        messages.success(request, _("It stands."))
    elif form.is_valid():
        judging.take_down(definition=found, why=form.cleaned_data["why"])
        messages.success(request, _("It is taken down, and the writer is told why."))
    else:
        messages.error(request, str(form.errors["why"][0]))
    return redirect("definitions_cms:flagged_definitions")
