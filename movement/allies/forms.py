"""How an ally wants to appear: at the welcome, and ever after on the profile page."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from movement.allies import zones
from movement.allies.models import Ally, Unit, Visibility
from movement.allies.names import alias_tells, refuse_hidden_characters, refuse_odd_alias, skeleton

VISIBILITY_IN_WORDS = [
    (Visibility.OPEN, _("Open. Allies see your name and your department.")),
    (Visibility.ALIAS, _("By an alias. Allies see a name you make up, and your division.")),
    (Visibility.QUIET, _("Quiet. You are counted, and never shown to anybody.")),
]


class UnitChoices(forms.models.ModelChoiceIterator):
    """Departments under their division; a division without departments stands for itself."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        divisions: dict[Unit, list[Unit]] = {}
        for unit in self.queryset:
            divisions.setdefault(unit.division, [])
            if unit.parent:
                divisions[unit.division].append(unit)
        for division, departments in divisions.items():
            yield (division.name, [self.choice(unit) for unit in departments or [division]])


class UnitField(forms.ModelChoiceField):
    iterator = UnitChoices


class AppearanceForm(forms.ModelForm[Ally]):
    unit = UnitField(
        Unit.objects.none(),
        label=_("Department"),
        required=False,
        empty_label=_("Not in this list, or I would rather not say"),
    )
    visibility = forms.ChoiceField(
        label=_("How shall others see you?"), choices=VISIBILITY_IN_WORDS, widget=forms.RadioSelect
    )
    timezone = forms.ChoiceField(label=_("Your time zone"), choices=zones.choices)

    class Meta:
        model = Ally
        fields = ["name", "unit", "visibility", "alias"]
        labels = {"name": _("Your name"), "alias": _("Your alias")}
        help_texts = {
            "name": _("As colleagues know you. Nobody but you sees it unless you choose to be open."),
            "alias": _("Only if you chose an alias. Not your initials, not your nickname."),
        }
        widgets: dict[str, forms.Widget] = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["unit"].queryset = Unit.objects.choosable()  # type: ignore[attr-defined]
        self.fields["timezone"].initial = user.timezone or settings.TIME_ZONE

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        refuse_hidden_characters(name)
        return name

    def clean_alias(self) -> str:
        alias = " ".join(self.cleaned_data["alias"].split())
        if alias:
            refuse_odd_alias(alias)
        return alias

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        visibility, name, alias = data.get("visibility"), data.get("name", ""), data.get("alias", "")
        if visibility == Visibility.OPEN and not name and "name" not in self.errors:
            self.add_error("name", _("To be open, give the name that colleagues know."))
        if visibility == Visibility.ALIAS and not alias and "alias" not in self.errors:
            self.add_error("alias", _("Choose an alias, or another way to appear."))
        if alias:
            self._judge_alias(alias, name)
        return data

    def _judge_alias(self, alias: str, name: str) -> None:
        if alias_tells(alias, name=name, email=self.user.email):
            self.add_error("alias", _("That is close to your name or address. Choose something that could be anyone."))
        others = Ally.objects.exclude(user=self.user)
        if others.filter(alias_key=skeleton(alias)).exists() or others.open().filter(name__iexact=alias).exists():
            self.add_error("alias", taken())


class ProfileForm(AppearanceForm):
    class Meta(AppearanceForm.Meta):
        fields = ["name", "unit", "role", "about", "visibility", "alias"]
        labels = AppearanceForm.Meta.labels | {"role": _("What you do"), "about": _("About you")}
        help_texts = AppearanceForm.Meta.help_texts | {
            "role": _("Shown beside your name if you are open; never beside an alias."),
            "about": _("A sentence or two, shown beside your name or your alias. Mind what it gives away."),
        }
        widgets: dict[str, forms.Widget] = {
            **AppearanceForm.Meta.widgets,
            "about": forms.Textarea(attrs={"rows": 3, "maxlength": 280}),
        }

    def clean_role(self) -> str:
        role = " ".join(self.cleaned_data["role"].split())
        refuse_hidden_characters(role)
        return role

    def clean_about(self) -> str:
        about = " ".join(self.cleaned_data["about"].split())
        refuse_hidden_characters(about)
        return about


def taken() -> ValidationError:
    return ValidationError(_("Somebody goes by this alias, or by one that looks like it. Please choose another."))
