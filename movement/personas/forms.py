"""The four lines of a card as one sentence, and what else is good to know."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from movement.allies.forms import UnitField
from movement.allies.models import Unit
from movement.personas.models import Audience, PersonaCard, Side

WORDS = ("name", "role", "want", "use", "when")


class PersonaForm(forms.ModelForm[PersonaCard]):
    side = forms.ChoiceField(
        label=gettext_lazy("Where are they?"), choices=Side, required=False, widget=forms.RadioSelect
    )
    unit = UnitField(
        Unit.objects.none(),
        label=gettext_lazy("Their department"),
        required=False,
        empty_label=gettext_lazy("None, or I would rather not say"),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may see it?"), choices=Audience, required=False, widget=forms.RadioSelect
    )

    class Meta:
        model = PersonaCard
        fields = ["name", "role", "want", "use", "when", "side", "unit", "audience"]
        labels = {
            "name": gettext_lazy("My name is"),
            "role": gettext_lazy("and I am"),
            "want": gettext_lazy("I want"),
            "use": gettext_lazy("so I can"),
            "when": gettext_lazy("by when"),
        }
        help_texts = {
            "name": gettext_lazy("“Ines”. A first name will do, or an invented one."),
            "role": gettext_lazy("“a depot planner in Logistics”"),
            "want": gettext_lazy("“tomorrow’s stock-out list”. What you give them, as they would say it."),
            "use": gettext_lazy("“re-route the first vans while the drivers are still here”"),
            "when": gettext_lazy("“by 15:30, every working day”. A day and an hour make it a promise."),
        }
        error_messages: dict[str, dict[str, Any]] = {
            "name": {"required": gettext_lazy("Who is it? A first name will do.")},
            "role": {"required": gettext_lazy("Say in a few words what they do.")},
            "want": {"required": gettext_lazy("This line is still empty. What do they get from you?")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.choosable()  # type: ignore[attr-defined]
        self.fields["use"].error_messages["required"] = self._first_question()
        for name in WORDS:
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.initial.setdefault("side", Side.INSIDE)
        self.initial.setdefault("audience", Audience.ONLY_ME)

    def _first_question(self) -> str:
        """A want without a use is the line most people get wrong: it is a question, and it has an addressee."""
        name = " ".join(str(self.data.get(self.add_prefix("name"), "")).split())[:60]
        if name:
            return _("This line is still empty. If you don’t know, that is your first question to %(name)s.") % {
                "name": name
            }
        return _("This line is still empty. If you don’t know, that is your first question to them.")

    def clean(self) -> dict[str, Any]:
        """Lines are single lines. Somebody outside has no department here; what is left out keeps its value."""
        data = super().clean() or self.cleaned_data
        for name in WORDS:
            if name in data:
                data[name] = " ".join(data[name].split())
        data["side"] = data.get("side") or self.instance.side
        data["audience"] = data.get("audience") or self.instance.audience
        if data["side"] == Side.OUTSIDE:
            data["unit"] = None
        return data
