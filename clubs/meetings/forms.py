"""Arranging a meeting by the clock on the wall, once or again and again, and changing it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from accounts import zones
from clubs.groups.models import Club, Membership
from clubs.meetings.models import Meeting
from clubs.meetings.rhythm import Every, Rhythm, at
from clubs.meetings.wallclock import HourTwice, NoSuchHour, instant
from clubs.reading.models import Section, Status
from movement.editing import OverEdition
from ui.choices import RowChoices

FARTHEST = timedelta(days=3 * 366)
LONGEST, MOST_SEATS = 12 * 60, 500
SHOWN_AHEAD = 6


class SectionChoices(RowChoices):
    default_error_messages = {"invalid_pk_value": _("Choose from the sections shown.")}

    def label_from_instance(self, section: Any) -> str:
        return f"{section.position}. {section.title}"


def day_field(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class MeetingForm(forms.ModelForm[Meeting]):
    date = day_field(label=_("Day"))
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
        help_text=_("Leave empty if there is room for all. Whoever comes too late waits, and gets the next seat."),
    )
    sections = SectionChoices(
        Section.objects.none(), label=_("Which sections?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    host = forms.ChoiceField(label=_("Who hosts?"), required=False)

    field_order = ["date", "time", "zone", "minutes", "place", "call_link", "title", "sections", "agenda", "questions"]

    class Meta:
        model = Meeting
        fields = ["title", "zone", "minutes", "place", "call_link", "agenda", "questions", "capacity"]
        labels = {
            "place": _("Where"),
            "title": _("What it is called"),
            "agenda": _("What happens"),
            "questions": _("Questions to talk about"),
        }
        help_texts = {
            "title": _(
                "Leave empty: then it bears the name of the book and its sections. In an open group all see it."
            ),
            "questions": _("One a line. They stand in the meeting’s pack."),
        }
        widgets = {
            "agenda": forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
            "questions": forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
        }

    def __init__(self, *args: Any, club: Club, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_sections(club)
        self._offer_hosts(club)
        self.stands: tuple[datetime, str, datetime] | None = None
        if self.instance.pk:
            local = self.instance.local_start
            self.initial["date"], self.initial["time"] = local.date(), local.time()
            wall = local.replace(tzinfo=None, second=0, microsecond=0)
            self.stands = wall, self.instance.zone, self.instance.starts_at
        else:
            self.initial.setdefault("zone", timezone.get_current_timezone_name())

    def _offer_sections(self, club: Club) -> None:
        found = Section.objects.filter(reading__club=club, reading__status=Status.READING)
        if self.instance.pk:
            found = (found | Section.objects.filter(meetings=self.instance)).distinct()
            self.initial["sections"] = list(self.instance.sections.all())
        self.fields["sections"].queryset = found  # type: ignore[attr-defined]
        if not found:
            del self.fields["sections"]

    def _offer_hosts(self, club: Club) -> None:
        """By the number that stands in addresses, of those who show themselves alone."""
        self.hosts = {str(member.public_id): member for member in club.memberships.shown().longest_first()}
        named = [(number, member.shown_name) for number, member in self.hosts.items()]
        self.fields["host"].choices = [("", _("Nobody in particular")), *named]  # type: ignore[attr-defined]
        number = next((key for key, member in self.hosts.items() if member.pk == self.instance.host_id), "")
        self.initial.setdefault("host", number)

    def clean_host(self) -> Membership | None:
        return self.hosts.get(self.cleaned_data["host"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if {"date", "time", "zone"} <= data.keys():
            self._set_start(datetime.combine(data.pop("date"), data.pop("time")), data)
        return data

    def _set_start(self, wall: datetime, data: dict[str, Any]) -> None:
        if self.stands and self.stands[:2] == (wall, data["zone"]):
            data["starts_at"] = self.stands[2]
            return
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


class NewMeetingForm(MeetingForm):
    """Once, or again and again."""

    every = forms.ChoiceField(
        label=_("How often?"), choices=[("", _("Just this once")), *Every.choices], required=False
    )
    skips = forms.TypedMultipleChoiceField(
        label=_("Not in"),
        choices=list(MONTHS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    until = day_field(
        label=_("Until"), required=False, help_text=_("Leave empty if it goes on. It can be ended at any time.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("every") and data.get("starts_at"):
            self._check_rhythm(data)
        return data

    def _check_rhythm(self, data: dict[str, Any]) -> None:
        if len(data.get("skips", ())) == len(MONTHS):
            self.add_error("skips", _("Leave at least one month in which you meet."))
        elif (until := data.get("until")) and until < data["starts_at"].astimezone(ZoneInfo(data["zone"])).date():
            self.add_error("until", _("It would end before it begins."))
        elif not any(True for _day in islice(self.ahead(), 1)):
            self.add_error("until", _("No such day comes before the end."))

    @property
    def again(self) -> dict[str, Any]:
        """What makes a series of it; empty where it is held once."""
        data = self.cleaned_data
        return {name: data[name] for name in ("every", "skips", "until")} if data.get("every") else {}

    def values(self) -> dict[str, Any]:
        """What one meeting says."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("every", "skips", "until")}

    def ahead(self) -> Iterator[datetime]:
        """When it would be held, by the clocks on the spot."""
        data = self.cleaned_data
        wall = data["starts_at"].astimezone(ZoneInfo(data["zone"]))
        rhythm = Rhythm(data["every"], wall.date(), frozenset(data.get("skips", ())), data.get("until"))
        moments = (at(day, wall.time(), data["zone"]) for day in rhythm.days())
        return islice((self._as_shown(moment) for moment in moments), SHOWN_AHEAD)

    def _as_shown(self, moment: datetime) -> datetime:
        """An hour that the clocks skip shows as the one they show instead."""
        return moment.astimezone(ZoneInfo("UTC")).astimezone(moment.tzinfo)


def and_later_field() -> forms.ChoiceField:
    choices = [("", _("This meeting alone")), ("1", _("This and all later ones"))]
    return forms.ChoiceField(label=_("For which?"), choices=choices, required=False, widget=forms.RadioSelect)


class ChangeForm(OverEdition, MeetingForm):
    and_later = and_later_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.series_id is None:
            del self.fields["and_later"]

    def clean_and_later(self) -> bool:
        return bool(self.cleaned_data["and_later"])


class CallOffForm(forms.Form):
    why = forms.CharField(
        label=_("A word why"),
        max_length=280,
        required=False,
        help_text=_("It goes to the members with the news."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 280}),
    )
    and_later = and_later_field()

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if meeting.series_id is None:
            del self.fields["and_later"]

    def clean_why(self) -> str:
        return " ".join(self.cleaned_data["why"].split())

    def clean_and_later(self) -> bool:
        return bool(self.cleaned_data["and_later"])
