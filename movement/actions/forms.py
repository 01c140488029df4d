"""One question, and a few that nobody has to answer."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from movement.actions.models import LONGEST, Action, Audience, Idea, Kind

EARLIEST = date(2000, 1, 1)
#: In forms and on the wall the first word of each kind is enough; the page of an idea says more.
KINDS_IN_A_WORD = [
    ("", gettext_lazy("I can’t say")),
    (Kind.SERVICING, gettext_lazy("Servicing")),
    (Kind.RELATIONS, gettext_lazy("Relations")),
    (Kind.DEVELOPMENT, gettext_lazy("Development")),
]


class ActionForm(forms.ModelForm[Action]):
    kind = forms.ChoiceField(
        label=gettext_lazy("Which part of serving was it?"),
        choices=KINDS_IN_A_WORD,
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The task done well, something from person to person, or what makes people grow."),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may see it?"), choices=Audience, required=False, widget=forms.RadioSelect
    )

    class Meta:
        model = Action
        fields = ["text", "done_on", "for_whom", "kind", "audience"]
        labels = {
            "text": gettext_lazy("What did you do?"),
            "done_on": gettext_lazy("When?"),
            "for_whom": gettext_lazy("For whom?"),
        }
        help_texts = {
            "for_whom": gettext_lazy("“A planner” says enough. Leave out names of people who have not been asked.")
        }
        widgets: dict[str, forms.Widget] = {
            "text": forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST}),
            "done_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        error_messages: dict[str, dict[str, Any]] = {
            "text": {
                "required": gettext_lazy("Say in a few words what you did."),
                "max_length": gettext_lazy(
                    "This is longer than a note can be: %(limit_value)d characters at most, and it has %(show_value)d."
                ),
            },
            "done_on": {"invalid": gettext_lazy("Write the day as in 2026-11-05.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].required = False
        self.initial.setdefault("audience", Audience.ALLIES)

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())

    def clean_done_on(self) -> date:
        """A day of our time; tomorrow is let pass, it may be tomorrow already where they are."""
        day: date = self.cleaned_data["done_on"] or timezone.localdate()
        if day > timezone.localdate() + timedelta(days=1):
            raise forms.ValidationError(_("That day is still to come. Note it once it is done."))
        if day < EARLIEST:
            raise forms.ValidationError(_("That is too long ago for this list. Choose a day since 2000."))
        return day

    def clean_for_whom(self) -> str:
        return " ".join(self.cleaned_data["for_whom"].split())

    def clean_audience(self) -> str:
        return self.cleaned_data["audience"] or self.instance.audience


class LogForm(ActionForm):
    """`idea` is what it came from, if anything; an address nobody has is passed over."""

    idea = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_idea(self) -> Idea | None:
        return Idea.objects.published().filter(slug=self.cleaned_data["idea"]).first()


def begun_with(idea: Idea | None) -> dict[str, Any]:
    """What stands in an empty form of somebody who did this idea."""
    return {"text": idea.title + ".", "kind": idea.kind, "idea": idea.slug} if idea else {}
