from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clubs.groups.models import LARGEST_CAP, Access, Club, JoinRequest


class ClubForm(forms.ModelForm[Club]):
    cap = forms.IntegerField(
        label=_("At most so many members"),
        min_value=2,
        max_value=LARGEST_CAP,
        required=False,
        help_text=_("Leave empty if everybody fits round the table. Talk is best among six to twelve."),
    )

    class Meta:
        model = Club
        fields = ["name", "purpose", "access", "cap"]
        labels = {"name": _("Name of the group"), "purpose": _("What is it for?"), "access": _("Who may join?")}
        help_texts = {"purpose": _("Two sentences are enough. They stand on the group's page.")}
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
            "access": forms.RadioSelect(choices=Access.choices),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["access"].choices = Access.choices  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class AskForm(forms.ModelForm[JoinRequest]):
    class Meta:
        model = JoinRequest
        fields = ["words"]
        labels = {"words": _("A word to the organiser")}
        widgets = {"words": forms.Textarea(attrs={"rows": 2, "maxlength": 280})}
