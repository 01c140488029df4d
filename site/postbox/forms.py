from typing import Any

from django import forms

from accounts.models import User
from postbox import kinds, services
from postbox.models import How

#: The digest joins these when it exists.
OFFERED = [(How.NOW.value, How.NOW.label), (How.NEVER.value, How.NEVER.label)]


class PreferencesForm(forms.Form):
    """One choice for each kind that can be turned off."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = services.preferences_of(user)
        for kind in kinds.choosable():
            self.fields[kind.name] = forms.ChoiceField(
                label=str(kind.label),
                choices=OFFERED,
                widget=forms.RadioSelect,
                initial=chosen.get(kind.name, How.NOW),
            )

    def choices(self) -> dict[str, str]:
        return dict(self.cleaned_data)
