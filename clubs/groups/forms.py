from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from clubs.groups.models import LARGEST_CAP, MOST_QUESTIONS, Access, Club, JoinRequest, Membership, TimeOfDay
from content.models import Topic
from movement.allies.words import Words
from movement.editing import OverEdition
from ui.choices import RowChoices

LONGEST_QUESTION, LONGEST_ANSWER = 160, 280


def languages() -> list[tuple[str, str]]:
    """Every language Django knows, by the name its own speakers give it."""
    named = {code: info["name_local"] for code, info in LANG_INFO.items() if "name_local" in info}
    return sorted(named.items(), key=lambda pair: pair[1].casefold())


class FoundForm(forms.ModelForm[Club]):
    """Two minutes: a name, a purpose, a door. The rest can be said later."""

    purpose = Words(
        label=_("What is it for?"),
        max_length=500,
        rows=3,
        help_text=_("Two sentences are enough. They stand on the group's page."),
    )
    cap = forms.IntegerField(
        label=_("At most so many members"),
        min_value=2,
        max_value=LARGEST_CAP,
        required=False,
        help_text=_("Leave empty if everybody fits round the table. Talk is best among six to twelve."),
    )

    class Meta:
        model = Club
        fields = ["name", "purpose", "access", "cap"]
        labels = {"name": _("Name of the group"), "access": _("Who may join?")}
        widgets: dict[str, Any] = {"access": forms.RadioSelect(choices=Access.choices)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["access"].choices = Access.choices  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class ClubForm(OverEdition, FoundForm):
    """All that an organiser says of the club. The cap may be below the number of members: nobody is sent away."""

    starts_with = forms.IntegerField(
        label=_("Begins with so many"),
        min_value=2,
        max_value=LARGEST_CAP,
        required=False,
        help_text=_("When one is missing, the list of groups says so to those nearby."),
    )
    topics = RowChoices(
        Topic.objects.all(), label=_("What it turns on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=_("Language at the table"), required=False)
    time_of_day = forms.ChoiceField(
        label=_("Time of day"), choices=[("", _("It varies")), *TimeOfDay.choices], required=False
    )
    rules = Words(
        label=_("House rules"),
        max_length=1000,
        rows=4,
        paragraphs=True,
        required=False,
        help_text=_("What is said here stays here; nobody need have finished. Whatever your table holds to."),
    )

    field_order = ["name", "purpose", "usually", "time_of_day", "language", "topics", "rules", "access"]

    class Meta(FoundForm.Meta):
        fields = ["name", "purpose", "usually", "time_of_day", "language", "topics", "rules", "access", "cap"]
        fields += ["starts_with"]
        labels = FoundForm.Meta.labels | {"usually": _("When do you usually meet?")}
        help_texts = {"usually": _("Such as “every second Thursday, 12:15”.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("Not said")), *languages()]  # type: ignore[attr-defined]
        asked = self.instance.questions
        for place in range(MOST_QUESTIONS):
            self.fields[f"question_{place}"] = forms.CharField(
                label=_("Question %(n)s to those who ask to join") % {"n": place + 1},
                max_length=LONGEST_QUESTION,
                required=False,
                initial=asked[place] if place < len(asked) else "",
            )
        self.order_fields([*self.field_order, *self.question_names, "cap", "starts_with", "edition"])

    @property
    def question_names(self) -> list[str]:
        return [f"question_{place}" for place in range(MOST_QUESTIONS)]

    def values(self) -> dict[str, Any]:
        said = super().values()
        questions = [" ".join(said.pop(name, "").split()) for name in self.question_names]
        return said | {"questions": [question for question in questions if question]}


class AskForm(forms.ModelForm[JoinRequest]):
    """A word to the organiser, and an answer to each of the club's questions."""

    class Meta:
        model = JoinRequest
        fields = ["words"]
        labels = {"words": _("A word to the organiser")}
        widgets = {"words": forms.Textarea(attrs={"rows": 2, "maxlength": 280})}

    def __init__(self, *args: Any, questions: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for place, question in enumerate(questions):
            self.fields[f"answer_{place}"] = forms.CharField(
                label=question, max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 2})
            )
        self.order_fields([*(f"answer_{place}" for place in range(len(questions))), "words"])

    @property
    def answers(self) -> list[tuple[str, str]]:
        return [(question, self.cleaned_data[f"answer_{place}"]) for place, question in enumerate(self.questions)]


class AliasForm(forms.ModelForm[Membership]):
    """How a quiet ally is known in one club; empty is unseen."""

    class Meta:
        model = Membership
        fields = ["alias"]
        labels = {"alias": _("Your alias in this group")}
        help_texts = {"alias": _("Only its members see it. Leave it empty to stay unseen.")}

    def clean_alias(self) -> str:
        return " ".join(self.cleaned_data["alias"].split())


class LeaveForm(forms.Form):
    """The last organiser may name who takes over."""

    successor = forms.ChoiceField(label=_("Who takes over?"), required=False)

    def __init__(self, *args: Any, fellows: Sequence[Membership] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_number = {str(member.public_id): member for member in fellows}
        named = [(number, member.shown_name) for number, member in self.by_number.items()]
        nobody = _("I name nobody: the members are asked, one by one")
        self.fields["successor"].choices = [("", nobody), *named]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Membership | None:
        return self.by_number.get(self.cleaned_data.get("successor", ""))
