"""What a member says of themselves: whether they come, what their calendar shows, and what a meeting came to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clubs.groups.models import Membership
from clubs.meetings.afterwards import Minutes
from clubs.meetings.models import ANSWERS, Meeting
from clubs.meetings.own import When
from clubs.meetings.queries import company
from movement.allies.words import Words
from movement.editing import OverEdition


class AnswerForm(forms.Form):
    coming = forms.ChoiceField(
        label=_("Will you be there?"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    note = forms.CharField(
        label=_("A word to whoever hosts"),
        max_length=200,
        required=False,
        help_text=_("Such as “ten minutes late”. The organisers read it, and whoever hosts."),
    )

    def __init__(self, *args: Any, may_note: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_note:
            del self.fields["note"]

    def clean_note(self) -> str:
        return " ".join(self.cleaned_data["note"].split())


class CalendarForm(forms.Form):
    is_discreet = forms.BooleanField(
        label=_("Discreet: my calendar shows “Meeting” and when, nothing else"), required=False
    )
    times = forms.MultipleChoiceField(
        label=_("When shall we remind you?"),
        choices=When.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only of meetings you come to. Choose none for no reminders."),
    )


class MinutesForm(OverEdition, forms.ModelForm[Minutes]):
    text = Words(label=_("Notes"), max_length=4000, rows=6, paragraphs=True, required=False)
    decisions = Words(
        label=_("What was decided"),
        max_length=2000,
        rows=3,
        paragraphs=True,
        required=False,
        help_text=_("One a line."),
    )
    actions = Words(
        label=_("What somebody will do"),
        max_length=2000,
        rows=3,
        paragraphs=True,
        required=False,
        help_text=_("One a line, without names: whoever takes it up notes it as an action of their own."),
    )

    class Meta:
        model = Minutes
        fields = ["text", "decisions", "actions"]


class AttendanceForm(forms.Form):
    """Among those who show themselves; who said yes is ticked until somebody has looked."""

    there = forms.MultipleChoiceField(label=_("Who was there?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fellows = list(Membership.objects.shown().filter(club=meeting.club_id).longest_first())
        self.by_number = {str(member.public_id): member for member in fellows}
        named = [(number, member.shown_name) for number, member in self.by_number.items()]
        self.fields["there"].choices = named  # type: ignore[attr-defined]
        noted = set(meeting.attendances.values_list("membership", flat=True))
        noted = noted or {member.pk for member in company(meeting, "yes")}
        self.initial["there"] = [number for number, member in self.by_number.items() if member.pk in noted]

    @property
    def members(self) -> list[Membership]:
        return [self.by_number[number] for number in self.cleaned_data["there"]]
