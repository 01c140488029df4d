"""The stewards' desk in the CMS for ideas that allies proposed. They see a name as its owner chose it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import is_steward
from movement.actions.models import LONGEST_WORD, Idea
from movement.actions.proposing import judge

MOST = 50


class WordForm(forms.Form):
    word = forms.CharField(label=gettext_lazy("A word back"), max_length=LONGEST_WORD, required=False)


def stewards_only(user: Any) -> None:
    if not is_steward(user):
        raise Http404


@require_safe
def proposed_ideas(request: HttpRequest) -> HttpResponse:
    stewards_only(request.user)
    found = Idea.objects.waiting().select_related("proposed_by").order_by("proposed_at")[:MOST]
    context = {"found": found, "form": WordForm(), "header_title": _("Proposed ideas")}
    return render(request, "movement/cms/ideas.html", context)


@require_POST
def judge_idea(request: HttpRequest, number: int) -> HttpResponse:
    """Publish it, or say why not: whoever is turned down reads a reason."""
    stewards_only(request.user)
    found = get_object_or_404(Idea.objects.waiting().select_related("proposed_by__user"), pk=number)
    form = WordForm(request.POST)
    publish = "publish" in request.POST
    if not form.is_valid():
        messages.error(request, str(form.errors["word"][0]))
    elif not publish and not form.cleaned_data["word"]:
        messages.error(request, _("Say why: whoever proposed it gets to read it."))
    else:
        judge(idea=found, publish=publish, word=form.cleaned_data["word"])
        messages.success(request, _("It is published.") if publish else _("It stays out, and they are told why."))
    return redirect("ideas_cms:proposed_ideas")
