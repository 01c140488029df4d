"""The forms by which stewards keep the units."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from movement.allies.models import Unit
from movement.allies.unit_history import MOST_PEOPLE


class CloseForm(forms.Form):
    """Where its people work from now on, and whether that unit's headcount grows by theirs."""

    into = forms.ModelChoiceField(
        Unit.objects.none(),
        required=False,
        label=gettext_lazy("Its people now work in"),
        empty_label=gettext_lazy("I do not know; they will be asked"),
    )
    come_along = forms.BooleanField(
        required=False, help_text=gettext_lazy("From today on they are added to the headcount of the unit chosen here.")
    )
    people = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        label=gettext_lazy("How many come along"),
        help_text=gettext_lazy("Change it where only some of them go there."),
        error_messages={"max_value": gettext_lazy("That is more people than any organisation has.")},
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Unit.objects.choosable().exclude(pk=unit.pk)  # type: ignore[attr-defined]
        self.fields["come_along"].label = _("Its %(people)s people come along") % {"people": unit.headcount}
        # Whatever came of it already was added with a headcount of its own.
        self.fields["come_along"].initial = not unit.became.exists()
        self.fields["people"].initial = unit.headcount
        if not unit.headcount:
            del self.fields["come_along"], self.fields["people"]

    @property
    def who_come_along(self) -> int:
        said = self.cleaned_data
        return said["people"] or 0 if said["into"] and said.get("come_along") else 0
