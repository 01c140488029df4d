"""What an ally wishes for: how often, on which days, and how whoever is found can write to them."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally
from movement.allies.words import Words
from movement.lunch.models import LONGEST_REACH, LunchWish, Met, Rhythm, Weekday

LONGEST_PAUSE = timedelta(days=366)


class LunchForm(forms.Form):
    rhythm = forms.TypedChoiceField(
        label=_("How often?"), choices=Rhythm, coerce=int, initial=Rhythm.FORTNIGHTLY, widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        label=_("Which days suit you?"),
        choices=Weekday,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The more, the sooner somebody is found."),
        error_messages={"required": _("Choose one day at least.")},
    )
    reach = Words(
        label=_("How they can reach you"),
        help_text=_("Only the one or two you are to have lunch with see it: a number, a name in the company’s chat."),
        max_length=LONGEST_REACH,
        widget=forms.TextInput,
        error_messages={"required": _("Say how they find you, so that you can settle on a place.")},
    )
    paused_until = forms.DateField(
        label=_("Pause until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty to be among the next ones."),
    )

    def __init__(self, *args: Any, ally: Ally, wish: LunchWish | None, **kwargs: Any) -> None:
        begun: dict[str, Any] = {"reach": ally.reach_me, "days": [day.value for day in Weekday]}
        if wish:
            begun = {"rhythm": wish.rhythm, "days": list(wish.days), "reach": wish.reach}
            begun["paused_until"] = wish.paused_until
        super().__init__(*args, **kwargs)
        self.initial = begun

    def clean_paused_until(self) -> date | None:
        """What lies behind us is no pause."""
        day: date | None = self.cleaned_data["paused_until"]
        today = timezone.localdate()
        if day and day > today + LONGEST_PAUSE:
            raise forms.ValidationError(_("Choose a day within a year, or leave for now and come back."))
        return day if day and day > today else None


class MetForm(forms.Form):
    met = forms.ChoiceField(choices=[(Met.YES, Met.YES.label), (Met.NO, Met.NO.label)])
