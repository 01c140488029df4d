"""The forms by which stewards keep the units."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from movement.allies.models import Unit
from movement.allies.unit_history import MOST_PEOPLE, TOO_MANY, Headcount


class _SaysWhere:
    """Units of one name are told apart by their division, and by whether they were closed."""

    def label_from_instance(self, unit: Unit) -> str:
        name = f"{unit.name} · {unit.parent.name}" if unit.parent else unit.name
        return _("%(unit)s (closed)") % {"unit": name} if unit.closed_on else name


class UnitField(_SaysWhere, forms.ModelChoiceField):
    pass


class UnitsField(_SaysWhere, forms.ModelMultipleChoiceField):
    pass


def no_more_than(field: forms.Field, most: int, text: Any) -> None:
    """In our words, before the database's own limit is said in Django's."""
    field.validators.append(MaxValueValidator(most, text))


class UnitForm(forms.ModelForm[Unit]):
    came_of = UnitsField(
        Unit.objects.none(),
        required=False,
        label=gettext_lazy("Came of"),
        help_text=gettext_lazy("The unit that was split, or those that were merged. Their past stays theirs."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came_of"].queryset = Unit.objects.in_order()  # type: ignore[attr-defined]
        no_more_than(self.fields["headcount"], MOST_PEOPLE, TOO_MANY)
        no_more_than(self.fields["position"], 1_000_000, _("Please enter at most 1,000,000; the lowest comes first."))

    def clean_came_of(self) -> Any:
        if self.instance.pk and self.instance in self.cleaned_data["came_of"]:
            raise forms.ValidationError(_("A unit does not come of itself. Choose another."))
        return self.cleaned_data["came_of"]


class HeadcountForm(forms.ModelForm[Headcount]):
    unit = UnitField(Unit.objects.none(), label=gettext_lazy("Unit"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.in_order()  # type: ignore[attr-defined]
        no_more_than(self.fields["people"], MOST_PEOPLE, TOO_MANY)


class CloseForm(forms.Form):
    """Where its people work from now on, and whether that unit's headcount grows by theirs."""

    into = UnitField(
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
        error_messages={"max_value": TOO_MANY},
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
