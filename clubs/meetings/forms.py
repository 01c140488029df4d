"""Arranging a meeting by the clock on the wall, and answering to one."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.groups.models import Club
from clubs.meetings.models import Coming, Meeting
from clubs.meetings.wallclock import HourTwice, NoSuchHour, instant
from clubs.reading.models import Section, Status
from movement.allies import zones
from ui.choices import RowChoices

FARTHEST = timedelta(days=3 * 366)
LONGEST, MOST_SEATS = 12 * 60, 500


class SectionChoices(RowChoices):
    default_error_messages = {"invalid_pk_value": _("Choose from the sections shown.")}

    def label_from_instance(self, section: Any) -> str:
        return f"{section.position}. {section.title}"


class MeetingForm(forms.ModelForm[Meeting]):
    date = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    zone = forms.ChoiceField(label=_("By the clocks of"), choices=zones.choices)
    minutes = forms.IntegerField(label=_("How long, in minutes"), min_value=10, max_value=LONGEST, initial=60)
    call_link = forms.URLField(
        label=_("Link for those who come by video"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("Only members see it."),
    )
    capacity = forms.IntegerField(
        label=_("Seats"),
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        help_text=_("Leave empty if there is room for all."),
    )
    sections = SectionChoices(
        Section.objects.none(), label=_("Which sections?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    field_order = ["date", "time", "zone", "minutes", "place", "call_link", "sections", "agenda", "capacity"]

    class Meta:
        model = Meeting
        fields = ["zone", "minutes", "place", "call_link", "agenda", "capacity"]
        labels = {"place": _("Where"), "agenda": _("What happens")}
        widgets = {"agenda": forms.Textarea(attrs={"rows": 3, "maxlength": 1000})}

    def __init__(self, *args: Any, club: Club, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = Section.objects.filter(reading__club=club, reading__status=Status.READING)
        self.fields["sections"].queryset = sections  # type: ignore[attr-defined]
        self.fields["zone"].initial = timezone.get_current_timezone_name()
        if not sections:
            del self.fields["sections"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if {"date", "time", "zone"} <= data.keys():
            self._set_start(datetime.combine(data.pop("date"), data.pop("time")), data)
        return data

    def _set_start(self, wall: datetime, data: dict[str, Any]) -> None:
        if abs(wall - datetime.now()) > FARTHEST + timedelta(days=2):
            self.add_error("date", _("Choose a day within the next three years."))
            return
        try:
            starts_at = instant(wall, data["zone"])
        except NoSuchHour:
            self.add_error("time", _("The clocks are put forward that night: this hour does not exist."))
        except HourTwice:
            self.add_error("time", _("The clocks are put back that night: this hour comes twice. Choose another."))
        else:
            if starts_at <= timezone.now():
                self.add_error("date", _("That is over already. Choose a moment to come."))
            data["starts_at"] = starts_at


class AnswerForm(forms.Form):
    coming = forms.ChoiceField(
        label=_("Will you be there?"),
        choices=Coming.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
