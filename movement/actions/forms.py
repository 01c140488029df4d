"""One question, and a few that nobody has to answer."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from movement.actions.models import LONGEST, Action, Audience, Idea, Kind
from movement.actions.origins import Place, find
from movement.actions.whom import meant
from movement.allies.forms import UnitField
from movement.allies.models import Ally, Unit, UnitQuerySet

EARLIEST = date(2000, 1, 1)
UNIT = "unit"
#: In forms and on the wall the first word of each kind is enough; the page of an idea says more.
KINDS_IN_A_WORD = [
    ("", gettext_lazy("I can’t say")),
    (Kind.SERVICING, gettext_lazy("Servicing")),
    (Kind.RELATIONS, gettext_lazy("Relations")),
    (Kind.DEVELOPMENT, gettext_lazy("Development")),
]
#: What one may come from; nobody is named.
STARTS: dict[str, dict[str, Any]] = {
    "lunch": {"text": gettext_lazy("Had lunch with somebody whose work I never see."), "kind": Kind.RELATIONS}
}


class ActionForm(forms.ModelForm[Action]):
    for_unit = UnitField(
        Unit.objects.none(),
        label=gettext_lazy("Or for a department"),
        required=False,
        empty_label=gettext_lazy("None in particular"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Which part of serving was it?"),
        choices=KINDS_IN_A_WORD,
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The task done well, something from person to person, or what makes people grow."),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may see it?"), choices=Audience, required=False, widget=forms.RadioSelect
    )

    class Meta:
        model = Action
        fields = ["text", "done_on", "for_whom", "kind", "went", "audience", "is_unnamed"]
        labels = {
            "text": gettext_lazy("What did you do?"),
            "done_on": gettext_lazy("When?"),
            "for_whom": gettext_lazy("For whom?"),
            "went": gettext_lazy("How did it go?"),
            "is_unnamed": gettext_lazy("Without my name"),
        }
        help_texts = {
            "for_whom": gettext_lazy(
                "“A planner” says enough; the name of an ally, a card or a department leads there. Leave out people "
                "who are not here."
            ),
            "is_unnamed": gettext_lazy("It says “An ally”, and nobody learns where it came from."),
        }
        widgets: dict[str, forms.Widget] = {
            "text": forms.Textarea(attrs={"rows": 2}),
            "for_whom": forms.TextInput(attrs={"list": "for-whom"}),
            "done_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        error_messages: dict[str, dict[str, Any]] = {
            "text": {
                "required": gettext_lazy("Say in a few words what you did."),
                "max_length": gettext_lazy(
                    "This is longer than a note can be: %(limit_value)d characters at most, and it has %(show_value)d."
                ),
            },
            "done_on": {"invalid": gettext_lazy("Write the day as in 2026-11-05.")},
        }

    def __init__(self, *args: Any, ally: Ally | None = None, **kwargs: Any) -> None:
        """`ally` is who answers; an empty form is shown without."""
        super().__init__(*args, **kwargs)
        self.ally = ally
        if ally and self.instance.whom:
            named = find(ally.user, f"{self.instance.whom}:{self.instance.whom_number}")
            kept = "for_unit" if self.instance.whom == UNIT else "for_whom"
            self.initial[kept] = (named[1].number if kept == "for_unit" else named[1].name) if named else ""
        self.fields["for_unit"].queryset = self._units()  # type: ignore[attr-defined]
        self.fields["done_on"].required = False
        # A browser would cut a pasted text without a word; here it is kept, and refused with its length.
        self.fields["text"].widget.attrs.pop("maxlength", None)
        self.initial.setdefault("audience", Audience.ALLIES)

    def _units(self) -> UnitQuerySet:
        """The one that it was for stays on offer when it was closed since: changing the words must not drop it."""
        units = Unit.objects.choosable()
        if self.instance.whom != UNIT:
            return units
        among = Q(pk__in=units.order_by().values("pk")) | Q(pk=self.instance.whom_number)
        return Unit.objects.filter(among).in_order()

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())

    def clean_done_on(self) -> date:
        """A day of our time; tomorrow is let pass, it may be tomorrow already where they are."""
        day: date = self.cleaned_data["done_on"] or timezone.localdate()
        if day > timezone.localdate() + timedelta(days=1):
            raise forms.ValidationError(_("That day is still to come. Note it once it is done."))
        if day < EARLIEST:
            raise forms.ValidationError(_("That is too long ago for this list. Choose a day since 2000."))
        return day

    def clean_for_whom(self) -> str:
        return " ".join(self.cleaned_data["for_whom"].split())

    def clean_went(self) -> str:
        return " ".join(self.cleaned_data["went"].split())

    def clean_audience(self) -> str:
        return self.cleaned_data["audience"] or self.instance.audience

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        unit = said.pop("for_unit", None)
        if "for_whom" in said:
            said |= self._whom(said["for_whom"])
            if unit and (said["for_whom"] or said["whom"] not in ("", UNIT)):
                self.add_error("for_unit", _("Choose one: either a department here, or the words above."))
            elif unit:
                said |= {"for_whom": "", "whom": UNIT, "whom_number": unit.pk}
        is_unnamed = said.get("is_unnamed") or not (self.ally and self.ally.shown_name)
        if is_unnamed and said.get("audience") == Audience.CIRCLES:
            problem = _(
                "In a small group a note without a name still points at somebody. Show it to all allies or none."
            )
            self.add_error("audience", problem)
        return said

    def _whom(self, text: str) -> dict[str, Any]:
        """Who bears a name on the site is kept by number: what becomes of the name is theirs to say."""
        found = meant(self.ally, text) if self.ally and text else None
        if found is None:
            return {"whom": "", "whom_number": None}
        return {"for_whom": "", "whom": found[0], "whom_number": found[1].number}


class LogForm(ActionForm):
    """`idea` and `origin` are what it came from, if anything; what nobody has, or may not see, is passed over."""

    idea = forms.CharField(required=False, widget=forms.HiddenInput)
    origin = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def place(self) -> Place | None:
        """Where it came from, for whoever fills it in."""
        found = find(self.ally.user, str(self["origin"].value() or "")) if self.ally else None
        return found[1] if found else None

    def clean_idea(self) -> Idea | None:
        slug = self.cleaned_data["idea"]
        return Idea.objects.published().filter(slug=slug).first() if slug else None

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        found = find(self.ally.user, said.pop("origin", "")) if self.ally else None
        if found:
            said |= {"origin": found[0], "origin_number": found[1].number}
        return said


def begun_with(idea: Idea | None, *, origin: str = "", text: str = "", start: str = "") -> dict[str, Any]:
    """What stands in an empty form of somebody who did this idea, or comes from what `start` or `origin` names."""
    begun = {"text": text[:LONGEST], "origin": origin}
    if idea:
        return begun | {"text": idea.title + ".", "kind": idea.kind, "idea": idea.slug}
    return begun | STARTS.get(start, {})
