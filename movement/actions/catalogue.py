"""The catalogue of ideas: choosing from it, and proposing one for it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from movement.actions.forms import KINDS_IN_A_WORD
from movement.actions.models import Action, Effort, Idea, Role
from movement.actions.proposing import TitleTaken, propose
from movement.permissions import AllyRequest, ally_required

MINUTES = [(5, gettext_lazy("5 minutes")), (15, gettext_lazy("15 minutes")), (60, gettext_lazy("an hour"))]
#: Somebody with more on their mind writes to a steward.
MOST_WAITING = 10
#: A working day; what takes longer is not small.
LONGEST_MINUTES = 480
PROPOSED_BEFORE = gettext_lazy("An idea of this title was proposed before. Would another title tell more?")


class ChoosingForm(forms.Form):
    """What nobody offers is passed over."""

    role = forms.ChoiceField(
        label=gettext_lazy("For"), choices=[("", gettext_lazy("Everybody")), *Role.choices], required=False
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[("", gettext_lazy("Every kind")), *KINDS_IN_A_WORD[1:]], required=False
    )
    effort = forms.ChoiceField(
        label=gettext_lazy("Effort"), choices=[("", gettext_lazy("Any")), *Effort.choices], required=False
    )
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("Time at most"), choices=[("", gettext_lazy("Any")), *MINUTES], required=False, coerce=int
    )

    def chosen(self) -> dict[str, Any]:
        """As words of a query."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return {"minutes__lte" if name == "minutes" else name: value for name, value in said.items()}


class ProposalForm(forms.ModelForm[Idea]):
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes it takes"), min_value=1, max_value=LONGEST_MINUTES, initial=10
    )

    class Meta:
        model = Idea
        fields = ["title", "text", "kind", "role", "effort", "minutes"]
        labels = {
            "title": gettext_lazy("What is it called?"),
            "text": gettext_lazy("How does one do it?"),
            "kind": gettext_lazy("Which part of serving is it?"),
            "role": gettext_lazy("For"),
            "effort": gettext_lazy("Effort"),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        error_messages = {
            "text": {"max_length": gettext_lazy("%(limit_value)d characters at most, and it has %(show_value)d.")}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """What is pasted is not cut by the browser: it is kept, and refused with its length."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)

    def clean_title(self) -> str:
        """One of the same title is shown, if it stands; one that waits is only said to be there."""
        title = " ".join(self.cleaned_data["title"].split())
        same = Idea.objects.titled(title).first()
        if same and same.is_published:
            said = _("There is an idea of this title:")
            link = format_html('{} <a href="{}">{}</a>', said, same.get_absolute_url(), same.title)
            raise forms.ValidationError(link)
        if same:
            raise forms.ValidationError(PROPOSED_BEFORE)
        return title


@ally_required
@require_safe
def ideas(request: AllyRequest) -> HttpResponse:
    form = ChoosingForm(request.GET)
    mine = Action.objects.filter(ally=request.ally, idea=OuterRef("pk"))
    chosen = form.chosen()
    shown = Idea.objects.published().filter(**chosen).annotate(is_done=Exists(mine))
    return render(request, "movement/actions/ideas.html", {"ideas": shown, "form": form, "is_chosen": bool(chosen)})


@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose_idea(request: AllyRequest) -> HttpResponse:
    form = ProposalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _proposed(request, form):
        messages.success(request, _("Thank you. A steward reads it, and you will hear what became of it."))
        return redirect("movement:ideas")
    return render(request, "movement/actions/propose_idea.html", {"form": form}, status=422 if form.errors else 200)


def _proposed(request: AllyRequest, form: ProposalForm) -> bool:
    """False: the form has something to say."""
    if Idea.objects.waiting().filter(proposed_by=request.ally).count() >= MOST_WAITING:
        form.add_error(None, _("Ten of yours are waiting for an answer already. Let those be read first."))
        return False
    try:
        propose(ally=request.ally, **form.cleaned_data)
    except TitleTaken:
        form.add_error("title", PROPOSED_BEFORE)
        return False
    return True
