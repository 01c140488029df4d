from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from postbox import discretion, kinds, services
from postbox.digests import sections
from postbox.digests import services as digests
from postbox.digests.models import Rhythm
from postbox.kinds import Kind
from postbox.models import How

LONGEST_PAUSE = timedelta(days=366)


class PreferencesForm(forms.Form):
    """One choice for each kind that can be turned off."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = services.preferences_of(user)
        for kind in kinds.choosable():
            self.fields[kind.name] = forms.ChoiceField(
                label=str(kind.label),
                choices=offered(kind),
                widget=forms.RadioSelect,
                initial=chosen.get(kind.name, kind.at_first),
            )

    def choices(self) -> dict[str, str]:
        return dict(self.cleaned_data)


def offered(kind: Kind) -> list[tuple[str, Any]]:
    """The digest only for what can wait for it."""
    return [(how.value, how.label) for how in How if how != How.DIGEST or kind.digest]


class DigestForm(forms.Form):
    """How often, what besides, and for whose eyes."""

    rhythm = forms.ChoiceField(label=_("It comes"), choices=Rhythm.choices, widget=forms.RadioSelect)
    sections = forms.MultipleChoiceField(
        label=_("What else it tells you"), required=False, widget=forms.CheckboxSelectMultiple
    )
    discreet = forms.BooleanField(
        label=_("Others may see my inbox"),
        required=False,
        help_text=_("Every letter we send you then bears a subject and a sender that could be anybody’s."),
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        offers = [(section.name, section.offer) for section in sections.offered_to(user)]
        chosen = {
            "rhythm": digests.rhythm_of(user),
            "sections": digests.chosen_by(user),
            "discreet": discretion.is_discreet(user.email),
        }
        super().__init__(data, initial=chosen, prefix="digest")
        self.fields["sections"].choices = offers  # type: ignore[attr-defined]
        if not offers:
            del self.fields["sections"]


class PauseForm(forms.Form):
    until = forms.DateField(label=_("No letters until"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        today = timezone.localdate()
        if not today < until <= today + LONGEST_PAUSE:
            raise ValidationError(_("Choose a day from tomorrow on, within a year."))
        return until
