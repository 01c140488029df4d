"""The three steps of the welcome; each may be skipped."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from movement.allies.forms import AppearanceForm, ProfileForm
from postbox.models import How


class WelcomeForm(AppearanceForm):
    """How to be seen. Where one works is asked in the next step."""

    alone = forms.BooleanField(label=_("I came by myself: leave that out"), required=False)

    class Meta(AppearanceForm.Meta):
        fields = ["name", "visibility", "alias"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["unit"]


class PlaceForm(ProfileForm):
    """Where one works, and as what."""

    class Meta(ProfileForm.Meta):
        fields = ["unit", "role"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {"unit", "role"}:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Nothing here depends on how one is seen."""
        return self.cleaned_data


class LettersForm(forms.Form):
    """When what is told on the site comes by mail as well; kind by kind it is chosen on /me/notifications/."""

    how = forms.ChoiceField(
        label=_("When there is something for you"), choices=How.choices, widget=forms.RadioSelect, initial=How.NOW
    )
    discreet = forms.BooleanField(
        label=_("Others may see my inbox"),
        required=False,
        help_text=_("Every letter we send you then bears a subject and a sender that could be anybody’s."),
    )
