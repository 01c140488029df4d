"""A decision with its options and whom it touches; then one stakeholder at a time; then what came of it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from movement.actions.models import Audience
from movement.allies.models import Ally
from movement.allies.words import Words
from movement.decisions.models import (
    LONGEST,
    LONGEST_BACKGROUND,
    LONGEST_HAPPENED,
    LONGEST_NAME,
    LONGEST_OPTION,
    LONGEST_WORD,
    MOST_OPTIONS,
    OWN_PLACES,
    Decision,
    Effect,
    Option,
    Score,
    Stakeholder,
    Standing,
    When,
)
from movement.decisions.services import Weighed, places
from movement.editing import OverEdition

TOO_LONG = gettext_lazy("%(limit_value)d characters at most, and it has %(show_value)d.")
OPTIONS = [f"option_{place}" for place in range(1, MOST_OPTIONS + 1)]
OWN = [f"own_{place}" for place in OWN_PLACES]


def line(label: Any, most: int, **more: Any) -> Words:
    messages = {"max_length": TOO_LONG} | more.pop("error_messages", {})
    return Words(label=label, max_length=most, widget=forms.TextInput, error_messages=messages, **more)


class DecisionForm(OverEdition):
    """`ally` is who writes it; `decision` what stands already."""

    text = line(
        gettext_lazy("What is to be decided?"),
        LONGEST,
        help_text=gettext_lazy("In one sentence: “How do we answer letters that come after four?”"),
        error_messages={"required": gettext_lazy("One sentence is enough, but it needs one.")},
    )
    option_1 = line(gettext_lazy("One way"), LONGEST_OPTION, help_text=gettext_lazy("“Leave it as it is” is a way."))
    option_2 = line(gettext_lazy("Another way"), LONGEST_OPTION)
    option_3 = line(gettext_lazy("A third"), LONGEST_OPTION, required=False)
    option_4 = line(gettext_lazy("A fourth"), LONGEST_OPTION, required=False)
    stakeholders = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Whom does it touch?"),
        choices=Standing.choices,
        coerce=int,
        required=False,
        initial=Standing.values,
        widget=forms.CheckboxSelectMultiple,
    )
    own_6 = line(gettext_lazy("Somebody else"), LONGEST_NAME, required=False)
    own_7 = line(gettext_lazy("And"), LONGEST_NAME, required=False)
    own_8 = line(gettext_lazy("And also"), LONGEST_NAME, required=False)
    background = Words(
        label=gettext_lazy("What should one know?"),
        max_length=LONGEST_BACKGROUND,
        paragraphs=True,
        rows=4,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may see it?"),
        choices=Audience,
        required=False,
        initial=Audience.ONLY_ME,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, ally: Ally, decision: Decision | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=begun(decision) if decision else {"edition": 1}, **kwargs)
        self.ally = ally

    def options(self) -> list[BoundField]:
        return [self[name] for name in OPTIONS]

    def own(self) -> list[BoundField]:
        return [self[name] for name in OWN]

    def clean_audience(self) -> str:
        audience: str = self.cleaned_data["audience"] or self.initial.get("audience", Audience.ONLY_ME)
        if audience == Audience.CIRCLES and not self.ally.shown_name:
            problem = _("In a small group what bears no name still points at somebody. Show it to all allies or none.")
            raise forms.ValidationError(problem)
        return audience

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        options = [said[name].casefold() for name in OPTIONS if said.get(name)]
        if len(set(options)) < len(options):
            self.add_error(OPTIONS[len(options) - 1], _("Two of the ways are the same. How do they differ?"))
        own = [said[name].casefold() for name in OWN if said.get(name)]
        if len(set(own)) < len(own):
            self.add_error(OWN[len(own) - 1], _("This one stands there already."))
        if not own and not said.get("stakeholders"):
            self.add_error("stakeholders", _("A decision touches somebody. Choose one at least."))
        return said

    def values(self) -> dict[str, Any]:
        """As the services take it."""
        said = self.cleaned_data
        standing = dict.fromkeys(said["stakeholders"], "")
        return {
            **{name: said[name] for name in ("text", "background", "audience")},
            "options": places([said[name] for name in OPTIONS]),
            "stakeholders": standing | places([said[name] for name in OWN], first=OWN_PLACES[0]),
        }


def begun(decision: Decision) -> dict[str, Any]:
    """A form that begins with what stands."""
    given: dict[str, Any] = {name: getattr(decision, name) for name in ("edition", "text", "background", "audience")}
    given |= {f"option_{option.place}": option.text for option in decision.options.all()}
    there = list(decision.stakeholders.all())
    given["stakeholders"] = [one.place for one in there if one.place in Standing.values]
    return given | {f"own_{one.place}": one.name for one in there if one.place in OWN_PLACES}


#: From worse to better, as a scale lies; in words that fit on a step of it.
SCALE = [
    *((value, gettext_lazy("0: the same") if value == Score.SAME else label) for value, label in Score.choices[::-1]),
    ("", gettext_lazy("unknown")),
]


class WeighForm(OverEdition):
    """One stakeholder: each option now and in a year, a score and a word why. What is left empty is unknown."""

    def __init__(self, *args: Any, stakeholder: Stakeholder, options: list[Option], **kwargs: Any) -> None:
        effects = {(one.option_id, one.when): one for one in Effect.objects.filter(stakeholder=stakeholder)}
        begins: dict[str, Any] = {"edition": stakeholder.edition}
        super().__init__(*args, initial=begins, **kwargs)
        self.options = options
        for option, when in self._places():
            key, effect = name_of(option, when), effects.get((option.pk, when))
            self.fields[f"score_{key}"] = forms.TypedChoiceField(
                label=f"{option.text}, {When(when).label}",
                choices=SCALE,
                widget=forms.RadioSelect,
                coerce=int,
                empty_value=None,
                required=False,
            )
            self.fields[f"word_{key}"] = line(
                _("%(option)s, %(when)s: why?") % {"option": option.text, "when": When(when).label},
                LONGEST_WORD,
                required=False,
            )
            if effect:
                self.initial.update({f"score_{key}": effect.score, f"word_{key}": effect.word})

    def _places(self) -> Iterator[tuple[Option, str]]:
        return ((option, when) for option in self.options for when in When.values)

    def by_option(self) -> list[tuple[Option, list[tuple[str, BoundField, BoundField]]]]:
        """For the page: each option with its two rows."""
        return [
            (
                option,
                [
                    (str(when.label), self[f"score_{name_of(option, when)}"], self[f"word_{name_of(option, when)}"])
                    for when in When
                ],
            )
            for option in self.options
        ]

    def effects(self) -> Weighed:
        said = self.cleaned_data
        keys = {(option.pk, when): name_of(option, when) for option, when in self._places()}
        return {place: (said[f"score_{key}"], said[f"word_{key}"]) for place, key in keys.items()}


def name_of(option: Option, when: str) -> str:
    return f"{when}_{option.pk}"


class HappenedForm(OverEdition):
    text = Words(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy("Which way was taken, and how was it for those it touched? Where were you wrong?"),
        max_length=LONGEST_HAPPENED,
        paragraphs=True,
        rows=6,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, initial={"edition": decision.edition, "text": decision.happened}, **kwargs)
