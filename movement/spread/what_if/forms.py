"""What can be wished for."""

from typing import Any

from django import forms

from movement.spread.what_if.models import MOST, Scenario

#: The steps of the sliders; any whole number can be typed.
STEPS = {"invited": 5, "accepted": 5, "new_units": 1}
#: Where a first look begins.
BEGIN = {"invited": 10, "accepted": 50, "new_units": 1}


class WishForm(forms.ModelForm[Scenario]):
    """Three numbers within their limits; whether it was asked before is for the service to see."""

    class Meta:
        model = Scenario
        fields = ["invited", "accepted", "new_units"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, step in STEPS.items():
            self.fields[name].widget.attrs |= {
                "min": 0,
                "max": MOST[name],
                "step": 1,
                "data-slider": step,
                "inputmode": "numeric",
            }

    @property
    def wish(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in STEPS}
