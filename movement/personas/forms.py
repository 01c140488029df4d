"""The four lines of a card as one sentence, what else is good to know, and who is at the other end."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from movement.allies.forms import UnitField
from movement.allies.models import Ally, Unit
from movement.editing import OverEdition
from movement.personas.models import LINES, Audience, End, PersonaCard, Side
from movement.personas.naming import NobodyOfThatName, SeveralOfThatName, ally_called

#: The sentence of each end: label and an example beside the field.
LABELS = {
    "name": gettext_lazy("My name is"),
    "role": gettext_lazy("and I am"),
    "want": gettext_lazy("I want"),
    "use": gettext_lazy("so I can"),
    "when": gettext_lazy("by when"),
    "good": gettext_lazy("What good looks like"),
}
EXAMPLES = {
    End.SERVER: {
        "name": gettext_lazy("“Ines”. A first name will do, or an invented one."),
        "role": gettext_lazy("“a depot planner in Logistics”"),
        "want": gettext_lazy("“tomorrow’s stock-out list”. What you give them, as they would say it."),
        "use": gettext_lazy("“re-route the first vans while the drivers are still here”"),
        "when": gettext_lazy("“by 15:30, every working day”. A day and an hour make it a promise."),
        "good": gettext_lazy("“One page, the urgent ones on top.” How they would notice that it went well."),
    },
    End.SERVED: {
        "name": gettext_lazy("Yours, as they know you. Nothing but a name makes it human."),
        "role": gettext_lazy("“the one who plans the vans”. What you do, in words that they know."),
        "want": gettext_lazy("“tomorrow’s stock-out list”. What you rely on them for."),
        "use": gettext_lazy("“re-route the first vans while the drivers are still here”. Few people know this line."),
        "when": gettext_lazy("“by 15:30, every working day”. When it still helps you."),
        "good": gettext_lazy("“One page, the urgent ones on top.” How you notice that it went well."),
    },
}
MISSING = {
    "name": gettext_lazy("Who is it? A first name will do."),
    "role": gettext_lazy("Say in a few words what they do."),
    "want": gettext_lazy("This line is still empty. What do they get from you?"),
}


class LinesForm(forms.ModelForm[PersonaCard]):
    """What a card says. A want without a use is asked about once; `as_it_is` leaves the question open."""

    as_it_is = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = PersonaCard
        fields = [*LINES]
        labels = LABELS

    def __init__(self, *args: Any, end: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.end = End(end or self.instance.end)
        #: A question that may stay open: the form can be sent as it is.
        self.is_asking = False
        for name in self.fields.keys() & set(LINES):
            self.fields[name].widget.attrs["autocomplete"] = "off"
            self.fields[name].help_text = EXAMPLES[self.end][name]
        for name, words in MISSING.items():
            self.fields[name].error_messages["required"] = words
        self.fields["use"].required = not self.data.get(self.add_prefix("as_it_is"))
        self.fields["use"].error_messages["required"] = self._first_question()

    def _first_question(self) -> str:
        """The line most people get wrong has an addressee: whoever wants it knows what for."""
        if self.end == End.SERVED:
            return _("This line is still empty. What do you do with it? It is the line that the other end can’t guess.")
        name = " ".join(str(self.data.get(self.add_prefix("name"), "")).split())[:60]
        if name:
            return _("This line is still empty. If you don’t know, that is your first question to %(name)s.") % {
                "name": name
            }
        return _("This line is still empty. If you don’t know, that is your first question to them.")

    def clean(self) -> dict[str, Any]:
        """Lines are single lines."""
        data = super().clean() or self.cleaned_data
        for name in LINES:
            if name in data:
                data[name] = " ".join(data[name].split())
        want, use = data.get("want", ""), data.get("use", "")
        if use and use.casefold() == want.casefold() and not data.get("as_it_is"):
            self.add_error("use", _("This says the same as what is wanted. What becomes possible once they have it?"))
            self.is_asking = True
        elif self.has_error("use", "required"):
            self.is_asking = True
        return data

    def lines(self) -> dict[str, Any]:
        """What is kept on the card."""
        kept = {field.name for field in PersonaCard._meta.fields}
        return {name: value for name, value in self.cleaned_data.items() if name in kept - {"edition"}}


class PersonaForm(LinesForm):
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

    class Meta(LinesForm.Meta):
        fields = [*LINES, "side", "unit", "audience"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.choosable()  # type: ignore[attr-defined]
        if self.end == End.SERVED:
            self.fields["side"].label = gettext_lazy("Where are those you rely on?")
        self.initial.setdefault("side", Side.INSIDE)
        self.initial.setdefault("audience", Audience.ONLY_ME)

    def clean(self) -> dict[str, Any]:
        """Somebody outside has no department here; what is left out keeps its value."""
        data = super().clean()
        data["side"] = data.get("side") or self.instance.side
        data["audience"] = data.get("audience") or self.instance.audience
        if data["side"] == Side.OUTSIDE:
            data["unit"] = None
        return data


class AllyField(forms.Form):
    """The ally at the other end, by the name they show. `number` comes from a link on their page."""

    ally = forms.CharField(
        label=gettext_lazy("Is it one of the allies?"),
        required=False,
        max_length=80,
        help_text=gettext_lazy(
            "Their name, as the list of allies has it. They are asked once whether the card is right, and may say that "
            "it is not for them."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "known-names"}),
    )
    number = forms.CharField(required=False, max_length=18, widget=forms.HiddenInput)

    owner: Ally

    def clean_ally(self) -> str:
        return " ".join(self.cleaned_data["ally"].split())

    def find_ally(self) -> Ally | None:
        """None where nobody is named; otherwise that one, or an error in the form."""
        name = self.cleaned_data.get("ally", "")
        if not name:
            return None
        try:
            return ally_called(name, viewer=self.owner, number=self.data.get(self.add_prefix("number"), ""))
        except NobodyOfThatName:
            self.add_error("ally", nobody())
        except SeveralOfThatName:
            self.add_error("ally", _("More than one ally bears this name. Begin from the page of the one you mean."))
        return None


def nobody() -> str:
    return _("Nobody of this name is in the list of allies. Leave it empty, and the card is yours all the same.")


class NewPersonaForm(AllyField, PersonaForm):
    def __init__(self, *args: Any, owner: Ally, **kwargs: Any) -> None:
        self.owner = owner
        super().__init__(*args, **kwargs)
        self.found: Ally | None = None
        if self.end == End.SERVED:
            self.fields["ally"].label = gettext_lazy("Which ally do you rely on?")
            self.initial.setdefault("name", owner.shown_name or "")
            self.initial.setdefault("role", owner.shown_role)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.found = self.find_ally()
        return data


class ChangeForm(OverEdition, PersonaForm):
    """Its owner changes it. What lies on a workshop's table is seen there, whatever else is chosen, until its owner
    takes it off: the choice says so, and offers that.
    """

    off_table = forms.BooleanField(
        label=gettext_lazy("Take it off the table"),
        required=False,
        help_text=gettext_lazy("From then on only those chosen above see it. It can’t be laid there again."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        workshop = self.instance.workshop
        if workshop is None:
            del self.fields["off_table"]
            return
        self.fields["audience"].choices = [  # type: ignore[attr-defined]
            (value, _("Only me and who sat at the table") if value == Audience.ONLY_ME else label)
            for value, label in Audience.choices
        ]
        self.fields["audience"].help_text = _(
            "It lies on the table of “%(workshop)s”: who sat there sees it, whatever you choose."
        ) % {"workshop": workshop.title}


class CorrectForm(OverEdition, LinesForm):
    """The other end says it as it is."""


class AskForm(AllyField):
    """Ties a card that is there already."""

    def __init__(self, *args: Any, owner: Ally, **kwargs: Any) -> None:
        self.owner = owner
        super().__init__(*args, **kwargs)
        self.fields["ally"].required = True
        self.found: Ally | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.found = self.find_ally()
        return data
