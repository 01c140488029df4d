"""My list: what I will do, by when, and being done with it."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from movement.actions.commitments import Commitment, State
from movement.actions.committing import change_commitment, commit_to, settle
from movement.permissions import AllyRequest, ally_required

FORM_METHODS = ["GET", "HEAD", "POST"]
FURTHEST = timedelta(days=366)
SHOWN = 100


class CommitmentForm(forms.ModelForm[Commitment]):
    class Meta:
        model = Commitment
        fields = ["text", "by_on"]
        labels = {"text": gettext_lazy("I will …"), "by_on": gettext_lazy("by")}
        help_texts = {"by_on": gettext_lazy("One reminder on that morning, none without a day.")}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2}),
            "by_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        error_messages = {
            "text": {
                "required": gettext_lazy("Say in a few words what you will do."),
                "max_length": gettext_lazy("%(limit_value)d characters at most, and it has %(show_value)d."),
            },
            "by_on": {"invalid": gettext_lazy("Write the day as in 2026-11-05.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A browser would cut a pasted text without a word; here it is kept, and refused with its length.
        self.fields["text"].widget.attrs.pop("maxlength", None)

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())

    def clean_by_on(self) -> date | None:
        """Yesterday is let pass: it may be yesterday still where they are. So is the day that stood there before."""
        day: date | None = self.cleaned_data["by_on"]
        today = timezone.localdate()
        if day is None or day == self.instance.by_on:
            return day
        if day < today - timedelta(days=1):
            raise forms.ValidationError(_("That day is over. Choose one to come, or none."))
        if day > today + FURTHEST:
            raise forms.ValidationError(_("That is more than a year from now. Something smaller, or no day?"))
        return day


@ally_required
@require_http_methods(FORM_METHODS)
def commitments(request: AllyRequest) -> HttpResponse:
    form = CommitmentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        commit_to(ally=request.ally, **form.cleaned_data)
        messages.success(request, _("It is on your list."))
        return redirect("movement:commitments")
    mine = Commitment.objects.visible_to(request.user).open().nearest_first()[:SHOWN]
    context = {"form": form, "commitments": mine}
    return render(request, "movement/actions/commitments.html", context, status=422 if form.errors else 200)


@ally_required
@require_http_methods(FORM_METHODS)
def edit_commitment(request: AllyRequest, id: int) -> HttpResponse:
    mine = get_object_or_404(Commitment.objects.visible_to(request.user).open(), pk=id)
    before = Commitment(pk=mine.pk, by_on=mine.by_on, reminded_at=mine.reminded_at)
    form = CommitmentForm(request.POST if request.method == "POST" else None, instance=mine)
    if request.method == "POST" and form.is_valid():
        change_commitment(commitment=before, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("movement:commitments")
    context = {"form": form}
    return render(request, "movement/actions/edit_commitment.html", context, status=422 if form.errors else 200)


@ally_required
@require_POST
def settle_commitment(request: AllyRequest, id: int) -> HttpResponse:
    """Done leads to noting it, with the words there already; dropped is said without a question."""
    mine = get_object_or_404(Commitment.objects.visible_to(request.user).open().select_related("idea"), pk=id)
    if "drop" in request.POST:
        settle(commitment=mine, state=State.DROPPED)
        messages.success(request, _("Dropped. Lists are there to be shortened."))
        return redirect("movement:commitments")
    settle(commitment=mine, state=State.DONE)
    messages.success(request, _("Done. If you like, note it for the others, or leave it at that."))
    said = {"idea": mine.idea.slug} if mine.idea and mine.idea.is_published else {"text": mine.text}
    return redirect(f"{reverse('movement:log_action')}?{urlencode(said)}")
